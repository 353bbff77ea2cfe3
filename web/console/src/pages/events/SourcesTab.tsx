import { PlusOutlined } from "@ant-design/icons";
import { Button, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type EventSource, useEventSources } from "../../api/events";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import styles from "./events.module.css";
import { InstallDrawer } from "./InstallDrawer";
import { Kept } from "./Kept";
import { ModeTag } from "./SchemasTab";
import { SourceActions } from "./SourceActions";
import { SourceDrawer } from "./SourceDrawer";

const LIMIT = 50;

/** Who may send events, with the key each sends with. */
export function SourcesTab() {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const [installing, setInstalling] = useState<EventSource | null>(null);
  const cursor = useCursor("");
  const query = useEventSources({ limit: LIMIT, cursor: cursor.cursor });
  const columns = useColumns(setInstalling);
  const add = can("events.write") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t("events.addSource")}
    </Button>
  );
  return (
    <>
      <div className={styles.kept}>
        <Kept />
        {add}
      </div>
      <DataList<EventSource>
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => <Tile row={row} onInstall={setInstalling} />}
        empty={<EmptyState title={t("events.noSources")} hint={t("events.noSourcesHint")} action={add} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {adding && <SourceDrawer onClose={() => setAdding(false)} onAdded={setInstalling} />}
      {installing && <InstallDrawer source={installing} onClose={() => setInstalling(null)} />}
    </>
  );
}

function useColumns(onInstall: (source: EventSource) => void): Column<EventSource>[] {
  const { t } = useTranslation();
  return [
    {
      key: "name",
      title: t("events.sourceName"),
      render: (_, row) => (
        <span className="cluster">
          <strong>{row.name}</strong>
          <span className="muted small">{t(`events.kinds.${row.kind}`)}</span>
        </span>
      ),
    },
    { key: "key", title: t("events.writeKey"), width: 280, render: (_, row) => <WriteKey row={row} /> },
    { key: "limits", title: t("events.limits"), render: (_, row) => <Limits row={row} /> },
    { key: "mode", title: t("events.mode"), width: 110, render: (_, row) => <ModeTag mode={row.mode} /> },
    {
      key: "created",
      title: t("events.created"),
      width: 120,
      render: (_, row) => <When at={row.created_at} show="date" />,
    },
    { key: "state", title: t("events.state"), width: 90, render: (_, row) => <State row={row} /> },
    {
      key: "actions",
      title: "",
      align: "right",
      render: (_, row) => <SourceActions source={row} onInstall={() => onInstall(row)} />,
    },
  ];
}

function Limits({ row }: { row: EventSource }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="small muted">
      {t("events.perSecondOf", { number: format.number(row.per_second) })} ·{" "}
      {t("events.lateOf", { count: row.late_days })} · {t(`events.profilesOf.${row.profiles}`)}
    </span>
  );
}

function WriteKey({ row }: { row: EventSource }) {
  const { t } = useTranslation();
  if (row.write_key === null) return <span className="muted small">{t("events.hidden")}</span>;
  return (
    <span className={styles.key}>
      <span className="mono small ellipsis">{row.write_key}</span>
      <Typography.Text copyable={{ text: row.write_key }} />
    </span>
  );
}

function State({ row }: { row: EventSource }) {
  const { t } = useTranslation();
  if (row.revoked_at) return <Tag style={{ margin: 0 }}>{t("events.revoked")}</Tag>;
  return (
    <Tag color="success" style={{ margin: 0 }}>
      {t("events.receiving")}
    </Tag>
  );
}

function Tile({ row, onInstall }: { row: EventSource; onInstall: (source: EventSource) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="spread">
        <span className="cluster">
          <strong>{row.name}</strong>
          <span className="muted small">{t(`events.kinds.${row.kind}`)}</span>
        </span>
        <State row={row} />
      </div>
      <WriteKey row={row} />
      <Limits row={row} />
      <SourceActions source={row} onInstall={() => onInstall(row)} />
    </>
  );
}
