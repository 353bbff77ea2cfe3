import { App, Button, Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type Quarantined, REASONS, usePreviewReplay, useQuarantine, useReplay } from "../../api/events";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { EmptyState, useProblemWords } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import styles from "./events.module.css";
import { QuarantineDrawer } from "./QuarantineDrawer";
import { SourceSelect } from "./SourceSelect";
import { useClock } from "./useClock";

const LIMIT = 50;
const NAMES = ["source", "reason"] as const;
const OPEN = ["open"] as const;

/** What was set aside and why; what can be read by now is read again, after a look at what would come of it. */
export function QuarantineTab() {
  const { t } = useTranslation();
  const can = useCan();
  const [params] = useSearchParams();
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const { filters: open, clear: close } = useFilters(OPEN);
  const reason = REASONS.find((each) => each === filters.reason);
  const wanted = { ...(filters.source && { source_id: filters.source }), ...(reason && { reason }) };
  const cursor = useCursor(wanted);
  const query = useQuarantine({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const replay = useReplaying();
  const rows = query.data?.items ?? [];
  const to = (row: Quarantined) => `?${new URLSearchParams({ ...Object.fromEntries(params), open: row.id })}`;
  const opened = rows.find(({ id }) => id === open.open);
  const again = can("events.write") && (
    <Button
      disabled={rows.length === 0}
      loading={replay.busy}
      onClick={() => replay.ask(rows.map(({ id }) => id))}
    >
      {t("events.replayShown")}
    </Button>
  );
  return (
    <>
      <FilterBar
        active={filters.source ? 1 : 0}
        onClear={clear}
        tools={again}
        search={
          <Select
            allowClear
            value={reason ?? null}
            placeholder={t("events.reason")}
            aria-label={t("events.reason")}
            style={{ width: 190 }}
            options={REASONS.map((value) => ({ value, label: t(`events.reasons.${value}`) }))}
            onChange={(value: string | null) => setFilters({ reason: value ?? "" })}
          />
        }
      >
        <SourceSelect value={filters.source} onChange={(source) => setFilters({ source })} />
      </FilterBar>
      <DataList<Quarantined>
        query={listOf(query)}
        columns={useColumns()}
        rowKey={(row) => row.id}
        to={to}
        card={(row) => <Tile row={row} />}
        empty={
          <EmptyState
            filtered={any}
            onClear={clear}
            title={t("events.allGood")}
            hint={t("events.allGoodHint")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {opened && (
        <QuarantineDrawer
          aside={opened}
          busy={replay.busy}
          onReplay={() => replay.ask([opened.id], close)}
          onClose={close}
        />
      )}
    </>
  );
}

/** Asks with what would come of it, then does it. */
function useReplaying() {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const preview = usePreviewReplay();
  const replay = useReplay();
  const failed = (error: unknown) => void message.error(words(error).detail);
  const ask = (ids: string[], onDone?: () => void) =>
    preview.mutate(ids, {
      onError: failed,
      onSuccess: ({ replayed, left }) => {
        if (replayed === 0) {
          message.info(t("events.noneReady"));
          return;
        }
        modal.confirm({
          title: t("events.replayAsk", { count: replayed }),
          content: left > 0 ? t("events.replayLeft", { count: left }) : t("events.replayAll"),
          okText: t("events.replay"),
          onOk: () =>
            replay.mutateAsync(ids).then((done) => {
              message.success(t("events.replayed", { count: done.replayed }));
              onDone?.();
            }, failed),
        });
      },
    });
  return { ask, busy: preview.isPending || replay.isPending };
}

function useColumns(): Column<Quarantined>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const clock = useClock();
  return [
    {
      key: "received",
      title: t("events.received"),
      width: 140,
      render: (_, row) => <time className="num">{clock(row.received_at)}</time>,
    },
    {
      key: "reason",
      title: t("events.reason"),
      width: 250,
      render: (_, row) => (
        <span className="cluster" title={format.text(row.words)}>
          <Tag color="warning" variant="filled" style={{ margin: 0 }}>
            {t(`events.reasons.${row.reason}`)}
          </Tag>
          {row.field && <code className="small muted">{row.field}</code>}
        </span>
      ),
    },
    {
      key: "message",
      title: t("events.message"),
      render: (_, row) => (
        <span className={`mono small muted ${styles.said}`}>{row.message ?? t("events.hidden")}</span>
      ),
    },
    { key: "source", title: t("events.source"), width: 160, render: (_, row) => row.source.name },
  ];
}

function Tile({ row }: { row: Quarantined }) {
  const { t } = useTranslation();
  const clock = useClock();
  return (
    <>
      <div className="spread">
        <Tag color="warning" variant="filled">
          {t(`events.reasons.${row.reason}`)}
        </Tag>
        <time className="num small muted">{clock(row.received_at)}</time>
      </div>
      <div className="mono small muted ellipsis">{row.message ?? t("events.hidden")}</div>
      <div className="small muted">{row.source.name}</div>
    </>
  );
}
