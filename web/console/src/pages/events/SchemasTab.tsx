import { PlusOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type EventSchemaSummary, useEventSchemas } from "../../api/events";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { TypeTag } from "./ExplorerTab";
import styles from "./events.module.css";
import { NewSchemaDrawer } from "./NewSchemaDrawer";
import { SchemaDrawer } from "./SchemaDrawer";
import { useClock } from "./useClock";

const LIMIT = 50;
const OPEN = ["open"] as const;

/** Every event that was seen, what it says, and whether that is enforced. */
export function SchemasTab() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { filters: open, clear: close } = useFilters(OPEN);
  const cursor = useCursor("");
  const can = useCan();
  const [declaring, setDeclaring] = useState(false);
  const query = useEventSchemas({ limit: LIMIT, cursor: cursor.cursor });
  const to = (row: EventSchemaSummary) =>
    `?${new URLSearchParams({ ...Object.fromEntries(params), open: row.id })}`;
  const declare = can("events.write") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setDeclaring(true)}>
      {t("events.declare")}
    </Button>
  );
  return (
    <>
      <div className={styles.kept}>
        <span className="muted small">{t("events.noSchemasHint")}</span>
        {declare}
      </div>
      <DataList<EventSchemaSummary>
        query={listOf(query)}
        columns={useColumns()}
        rowKey={(row) => row.id}
        to={to}
        card={(row) => <Tile row={row} />}
        empty={<EmptyState title={t("events.noSchemas")} action={declare} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {declaring && <NewSchemaDrawer onClose={() => setDeclaring(false)} />}
      {open.open && <SchemaDrawer id={open.open} onClose={close} />}
    </>
  );
}

function useColumns(): Column<EventSchemaSummary>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const clock = useClock();
  const right = { align: "right" as const, width: 110 };
  return [
    {
      key: "name",
      title: t("events.name"),
      render: (_, row) => (row.name ? <strong>{row.name}</strong> : <span className="muted">—</span>),
    },
    { key: "type", title: t("events.type"), width: 110, render: (_, row) => <TypeTag type={row.type} /> },
    { key: "mode", title: t("events.mode"), width: 130, render: (_, row) => <ModeTag mode={row.mode} /> },
    {
      key: "properties",
      title: t("events.properties"),
      ...right,
      render: (_, row) => <span className="num">{format.number(row.properties_seen)}</span>,
    },
    {
      key: "seen",
      title: t("events.seen"),
      ...right,
      render: (_, row) => <span className="num">{format.number(row.seen)}</span>,
    },
    {
      key: "last",
      title: t("events.lastSeen"),
      width: 160,
      render: (_, row) =>
        row.last_seen_at ? (
          <time className="num">{clock(row.last_seen_at)}</time>
        ) : (
          <span className="muted">{t("events.never")}</span>
        ),
    },
  ];
}

export function ModeTag({ mode }: { mode: EventSchemaSummary["mode"] }) {
  const { t } = useTranslation();
  return (
    <Tag style={{ margin: 0 }} {...(mode === "enforced" && { color: "processing" })}>
      {t(`events.modes.${mode}`)}
    </Tag>
  );
}

function Tile({ row }: { row: EventSchemaSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <div className="spread">
        <span className="cluster">
          <TypeTag type={row.type} />
          <strong>{row.name || "—"}</strong>
        </span>
        <ModeTag mode={row.mode} />
      </div>
      <div className="small muted">
        {t("events.seenTimes", { count: row.seen, formatted: format.number(row.seen) })} ·{" "}
        {t("events.propertiesSeen", { count: row.properties_seen })}
      </div>
    </>
  );
}
