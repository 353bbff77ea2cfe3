import { ArrowRightOutlined, UndoOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Merge, useMerges } from "../../api/identity";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { MemberLink } from "../../parts/MemberLink";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import styles from "./identity.module.css";
import { UndoMerge } from "./UndoMerge";

/** Who became another name of whom, newest first; each can be undone. Of one member, or of all. */
export function MergeList({ memberId, limit }: { memberId?: string; limit: number }) {
  const { t } = useTranslation();
  const cursor = useCursor(memberId ?? "");
  const query = useMerges({ member_id: memberId, limit, cursor: cursor.cursor });
  const [undoing, setUndoing] = useState<Merge | null>(null);
  return (
    <>
      <DataList<Merge>
        query={listOf(query)}
        columns={useColumns(setUndoing)}
        rowKey={({ id }) => id}
        card={(merge) => <Tile merge={merge} onUndo={setUndoing} />}
        empty={
          <EmptyState
            title={t("identity.noMerges")}
            hint={t(memberId === undefined ? "identity.noMergesHint" : "identity.noMergesOfHer")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit }}
      />
      {undoing && <UndoMerge merge={undoing} onClose={() => setUndoing(null)} />}
    </>
  );
}

function Pair({ merge }: { merge: Merge }) {
  const { t } = useTranslation();
  return (
    <span className={styles.pair} data-undone={merge.undone_at !== null || undefined}>
      <MemberLink member={merge.absorbed} tab="identities" />
      <ArrowRightOutlined aria-label={t("identity.into")} />
      <span className="strong">
        <MemberLink member={merge.survivor} tab="identities" />
      </span>
    </span>
  );
}

function Undo({ merge, onUndo }: { merge: Merge; onUndo: (merge: Merge) => void }) {
  const { t } = useTranslation();
  const can = useCan();
  if (merge.undone_at !== null) return <Tag variant="filled">{t("identity.isUndone")}</Tag>;
  if (!can("identity.write")) return null;
  return (
    <Button size="small" icon={<UndoOutlined />} onClick={() => onUndo(merge)}>
      {t("identity.undo")}
    </Button>
  );
}

function useColumns(onUndo: (merge: Merge) => void): Column<Merge>[] {
  const { t } = useTranslation();
  const label = useLabel();
  return [
    { key: "at", title: t("identity.at"), width: 150, render: (_, { at }) => <When at={at} /> },
    { key: "pair", title: t("identity.who"), render: (_, merge) => <Pair merge={merge} /> },
    {
      key: "cause",
      title: t("identity.cause"),
      width: 150,
      render: (_, { cause }) => label("mergeCause", cause),
    },
    { key: "by", title: t("identity.by"), width: 140, dataIndex: "by" },
    {
      key: "undo",
      title: "",
      width: 130,
      align: "right",
      render: (_, merge) => <Undo merge={merge} onUndo={onUndo} />,
    },
  ];
}

function Tile({ merge, onUndo }: { merge: Merge; onUndo: (merge: Merge) => void }) {
  const label = useLabel();
  return (
    <>
      <div className="spread">
        <Pair merge={merge} />
        <Undo merge={merge} onUndo={onUndo} />
      </div>
      <div className="spread small muted">
        <span>
          {label("mergeCause", merge.cause)} · {merge.by}
        </span>
        <When at={merge.at} />
      </div>
    </>
  );
}
