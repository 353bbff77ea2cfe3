import { Select, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { EVENT_TYPES, type TrackedEvent, useEvents, useTail } from "../../api/events";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { SearchBox } from "../../parts/SearchBox";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { usePhone } from "../../parts/usePhone";
import { EventDrawer } from "./EventDrawer";
import styles from "./events.module.css";
import { SourceSelect } from "./SourceSelect";
import { useClock } from "./useClock";

const LIMIT = 50;
const NAMES = ["source", "type", "name"] as const;
const OPEN = ["open"] as const;

/** Events as they come, or leafing back through those that came. */
export function ExplorerTab() {
  const { t } = useTranslation();
  const phone = usePhone();
  const [params] = useSearchParams();
  const [live, setLive] = useState(true);
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const { filters: open, clear: close } = useFilters(OPEN);
  const type = EVENT_TYPES.find((each) => each === filters.type);
  const wanted = {
    ...(filters.source && { source_id: filters.source }),
    ...(type && { type }),
    ...(filters.name && { name: filters.name }),
  };
  const cursor = useCursor(wanted);
  const tail = useTail(wanted, live);
  const past = useEvents({ ...wanted, limit: LIMIT, cursor: cursor.cursor }, !live);
  const shown = live ? listOf(tail) : listOf(past);
  const to = (row: TrackedEvent) =>
    `?${new URLSearchParams({ ...Object.fromEntries(params), open: row.key })}`;
  const opened = shown.rows?.find(({ key }) => key === open.open);
  const watching = (
    <span className="cluster">
      <Switch size="small" checked={live} onChange={setLive} aria-label={t("events.live")} />
      {!phone && <span className="small">{t("events.live")}</span>}
      {live && <span className={styles.pulse} data-lost={tail.isError || undefined} />}
    </span>
  );
  return (
    <>
      <FilterBar
        active={Object.keys(filters).length - (filters.name ? 1 : 0)}
        onClear={clear}
        tools={watching}
        search={
          <SearchBox
            value={filters.name}
            onChange={(name) => setFilters({ name })}
            placeholder={t("events.nameFilter")}
            width={phone ? 200 : 240}
          />
        }
      >
        <Select
          allowClear
          value={type ?? null}
          placeholder={t("events.type")}
          aria-label={t("events.type")}
          style={{ width: 130 }}
          options={EVENT_TYPES.map((value) => ({ value, label: t(`events.types.${value}`) }))}
          onChange={(value: string | null) => setFilters({ type: value ?? "" })}
        />
        <SourceSelect value={filters.source} onChange={(source) => setFilters({ source })} />
      </FilterBar>
      <DataList<TrackedEvent>
        query={shown}
        columns={useColumns()}
        rowKey={(row) => row.key}
        to={to}
        card={(row) => <Tile row={row} />}
        empty={
          <EmptyState filtered={any} onClear={clear} title={t("events.empty")} hint={t("events.emptyHint")} />
        }
        {...(!live && { pager: { cursor, next: past.data?.next_cursor, limit: LIMIT } })}
      />
      {opened && <EventDrawer event={opened} onClose={close} />}
    </>
  );
}

function useColumns(): Column<TrackedEvent>[] {
  const { t } = useTranslation();
  const clock = useClock();
  return [
    {
      key: "received",
      title: t("events.received"),
      width: 140,
      render: (_, row) => <time className="num">{clock(row.received_at)}</time>,
    },
    { key: "type", title: t("events.type"), width: 90, render: (_, row) => <TypeTag type={row.type} /> },
    { key: "name", title: t("events.name"), width: 220, render: (_, row) => <Name row={row} /> },
    {
      key: "properties",
      title: t("events.properties"),
      render: (_, row) => <span className={`mono small muted ${styles.said}`}>{said(row)}</span>,
    },
    { key: "source", title: t("events.source"), width: 160, render: (_, row) => row.source.name },
  ];
}

export function TypeTag({ type }: { type: TrackedEvent["type"] }) {
  const { t } = useTranslation();
  return <Tag style={{ margin: 0 }}>{t(`events.types.${type}`)}</Tag>;
}

function Name({ row }: { row: TrackedEvent }) {
  return row.name ? <strong>{row.name}</strong> : <span className="muted">—</span>;
}

/** Properties or traits, on a line. */
function said(row: TrackedEvent): string {
  const told = row.body.properties ?? row.body.traits;
  return told ? JSON.stringify(told).slice(1, -1) : "";
}

function Tile({ row }: { row: TrackedEvent }) {
  const clock = useClock();
  return (
    <>
      <div className="spread">
        <span className="cluster">
          <TypeTag type={row.type} />
          <Name row={row} />
        </span>
        <time className="num small muted">{clock(row.received_at)}</time>
      </div>
      <div className="mono small muted ellipsis">{said(row)}</div>
      <div className="small muted">{row.source.name}</div>
    </>
  );
}
