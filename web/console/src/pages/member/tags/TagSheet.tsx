import { Button, Drawer, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type HeldTag, useMemberTagHistory, useTags } from "../../../api/tags";
import { BlockSkeleton } from "../../../parts/skeletons";
import { EmptyState, ErrorState } from "../../../parts/states";
import { TagChip } from "../../../parts/TagChip";
import { useFormat } from "../../../parts/useFormat";
import { usePhone } from "../../../parts/usePhone";
import { When } from "../../../parts/When";
import styles from "./MemberTags.module.css";
import { useTagging } from "./useTagging";

interface Props {
  memberId: string;
  held: HeldTag[];
  may: boolean;
  onClose: () => void;
}

/** All tags as chips: the first tap opens this, the second puts one on. */
export function TagSheet({ memberId, held, may, onClose }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const items = [
    ...(may
      ? [
          {
            key: "pick",
            label: t("tags.pick"),
            children: <Pick memberId={memberId} held={held} onDone={onClose} />,
          },
        ]
      : []),
    { key: "history", label: t("tags.history"), children: <History memberId={memberId} /> },
  ];
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("tags.ofMember")}
      placement={phone ? "bottom" : "right"}
      size={phone ? 460 : 420}
    >
      <Tabs items={items} />
    </Drawer>
  );
}

function Pick({ memberId, held, onDone }: { memberId: string; held: HeldTag[]; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tags = useTags();
  const { toggle, busy } = useTagging(memberId, held);
  if (tags.error) return <ErrorState error={tags.error} onRetry={() => tags.refetch()} />;
  if (!tags.data) return <BlockSkeleton lines={4} />;
  const has = new Set(held.map(({ tag }) => tag.id));
  const groups = tags.data.groups
    .map((group) => ({ group, open: group.tags.filter((tag) => !tag.archived) }))
    .filter(({ open }) => open.length > 0);
  if (groups.length === 0)
    return (
      <EmptyState
        title={t("tags.none")}
        hint={t("tags.noneHint")}
        action={<Link to="/tags">{t("tags.title")}</Link>}
      />
    );
  return groups.map(({ group, open }) => (
    <section key={group.id} className={styles.group}>
      <h3>
        {format.text(group.name)}
        {group.exclusive && ` · ${t("tags.oneOf")}`}
      </h3>
      <div className={styles.pick}>
        {open.map((tag) => (
          <Button
            key={tag.id}
            shape="round"
            type={has.has(tag.id) ? "primary" : "default"}
            aria-pressed={has.has(tag.id)}
            disabled={busy}
            onClick={() => {
              toggle(tag, group);
              onDone();
            }}
          >
            {format.text(tag.name)}
          </Button>
        ))}
      </div>
    </section>
  ));
}

function History({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const history = useMemberTagHistory(memberId);
  const tags = useTags();
  if (history.error) return <ErrorState error={history.error} onRetry={() => history.refetch()} />;
  if (!history.data) return <BlockSkeleton lines={4} />;
  if (history.data.items.length === 0) return <EmptyState title={t("tags.noHistory")} />;
  return (
    <ul className={styles.history}>
      {history.data.items.map((entry) => (
        <li key={entry.id} className="spread">
          <span>
            {t(entry.put ? "tags.put" : "tags.gone")}{" "}
            <TagChip tag={entry.tag} group={tags.data?.groups.find(({ id }) => id === entry.tag.group_id)} />
            <div className="small muted">
              {t(`tags.source.${entry.source}`)}
              {entry.source !== "expiry" && entry.source !== "rule" && ` · ${entry.by}`}
              {entry.until && ` · ${t("tags.until", { date: format.date(entry.until) })}`}
            </div>
          </span>
          <span className="small muted">
            <When at={entry.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
