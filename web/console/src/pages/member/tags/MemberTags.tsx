import { HistoryOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMemberTags, useTags } from "../../../api/tags";
import { useCan } from "../../../app/session";
import { TagChip } from "../../../parts/TagChip";
import { useFormat } from "../../../parts/useFormat";
import styles from "./MemberTags.module.css";
import { TagSheet } from "./TagSheet";

/** What a member is tagged with, and the way to more. */
export function MemberTags({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const mine = useMemberTags(memberId, can("tags.read"));
  const tags = useTags(false, can("tags.read"));
  if (!mine.data) return null;
  const held = mine.data.items;
  const may = can("tags.write");
  const groupOf = (id: string) => tags.data?.groups.find((group) => group.id === id);
  return (
    <section className={styles.chips} aria-label={t("tags.ofMember")}>
      {held.map(({ tag, until, source }) => (
        <Tooltip
          key={tag.id}
          title={
            source === "rule" ? t("tags.byRule") : until && t("tags.until", { date: format.date(until) })
          }
        >
          <span>
            <TagChip tag={tag} group={groupOf(tag.group_id)} />
          </span>
        </Tooltip>
      ))}
      <Button
        size="small"
        type="dashed"
        shape="round"
        icon={may ? <PlusOutlined /> : <HistoryOutlined />}
        onClick={() => setOpen(true)}
      >
        {t(may ? "tags.tag" : "tags.history")}
      </Button>
      {open && <TagSheet memberId={memberId} held={held} may={may} onClose={() => setOpen(false)} />}
    </section>
  );
}
