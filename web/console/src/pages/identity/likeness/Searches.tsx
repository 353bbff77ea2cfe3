import { Button, Checkbox, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isSearching, type Search, useSearches, useStartSearch } from "../../../api/likeness";
import { useCan } from "../../../app/session";
import { type Column, DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { Panel } from "../../../parts/Panel";
import { PercentInput } from "../../../parts/PercentInput";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFormat } from "../../../parts/useFormat";
import { When } from "../../../parts/When";
import styles from "../identity.module.css";

const LIMIT = 5;
const USUAL_BPS = 9_000;

/** Searches for members who are alike: a new one, and how far the others came. */
export function Searches() {
  const { t } = useTranslation();
  const can = useCan();
  const cursor = useCursor("searches");
  const query = useSearches({ limit: LIMIT, cursor: cursor.cursor });
  const start = useStartSearch();
  const [threshold, setThreshold] = useState<number | null>(USUAL_BPS);
  const [counting, setCounting] = useState(false);
  const busy = query.data?.items.some(isSearching) ?? false;
  const search = () =>
    threshold !== null && start.mutate({ threshold_bps: threshold, learn: true, dry_run: counting });
  return (
    <Panel title={t("likeness.title")} definition={t("likeness.hint")} flush>
      {can("identity.write") && (
        <div className={styles.ask}>
          <span>{t("likeness.atLeast")}</span>
          <PercentInput
            value={threshold}
            onChange={setThreshold}
            width={96}
            placeholder={t("likeness.atLeast")}
          />
          <Checkbox checked={counting} onChange={({ target }) => setCounting(target.checked)}>
            {t("likeness.dryRun")}
          </Checkbox>
          <Button
            type="primary"
            disabled={threshold === null || busy}
            loading={start.isPending}
            onClick={search}
          >
            {t("likeness.search")}
          </Button>
        </div>
      )}
      <ProblemAlert error={start.error} />
      <DataList<Search>
        query={listOf(query)}
        columns={useColumns()}
        rowKey={({ id }) => id}
        card={(row) => <Tile search={row} />}
        empty={<EmptyState title={t("likeness.none")} hint={t("likeness.noneHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </Panel>
  );
}

function Status({ search }: { search: Search }) {
  const { t } = useTranslation();
  const colour = { queued: "default", running: "processing", done: "success", failed: "error" } as const;
  const { status, step } = search;
  return (
    <span className="cluster" aria-live="polite">
      <Tag color={colour[status]} variant="filled" style={{ margin: 0 }}>
        {t(`likeness.status.${status}`)}
      </Tag>
      {status === "running" && step && <span className="small muted">{t(`likeness.step.${step}`)}</span>}
    </span>
  );
}

/** What it found: what is new, or by threshold what could be proposed, or why nothing was. */
function Found({ search: { note, proposed, bands, dry_run } }: { search: Search }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (note) return <span className="muted">{format.text(note)}</span>;
  if (proposed === null && bands.length === 0) return <span className="muted">—</span>;
  return (
    <span>
      {!dry_run && proposed !== null && (
        <strong>{t("likeness.proposed", { count: proposed, shown: format.number(proposed) })} </strong>
      )}
      <span className="small muted">
        {bands
          .filter(({ pairs }) => pairs > 0)
          .map(({ at_least_bps, pairs }) => `≥${format.percent(at_least_bps)}: ${format.number(pairs)}`)
          .join(" · ")}
      </span>
    </span>
  );
}

function useColumns(): Column<Search>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: "at", title: t("identity.at"), width: 150, render: (_, { asked_at }) => <When at={asked_at} /> },
    {
      key: "status",
      title: t("likeness.progress"),
      width: 170,
      render: (_, row) => <Status search={row} />,
    },
    {
      key: "threshold",
      title: t("likeness.atLeast"),
      width: 110,
      align: "right",
      render: (_, { threshold_bps }) => <span className="num">{format.percent(threshold_bps)}</span>,
    },
    {
      key: "records",
      title: t("likeness.records"),
      width: 110,
      align: "right",
      render: (_, { records }) =>
        records === null ? "—" : <span className="num">{format.number(records)}</span>,
    },
    { key: "found", title: t("likeness.found"), render: (_, row) => <Found search={row} /> },
    { key: "by", title: t("identity.by"), width: 120, dataIndex: "by" },
  ];
}

function Tile({ search }: { search: Search }) {
  return (
    <>
      <div className="spread">
        <Status search={search} />
        <span className="small muted">
          <When at={search.asked_at} />
        </span>
      </div>
      <Found search={search} />
    </>
  );
}
