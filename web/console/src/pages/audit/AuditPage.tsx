import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAuditLog } from "../../api/audit";
import type { AuditRow } from "../../api/types";
import { type Column, DataList } from "../../parts/DataList";
import { DayRange } from "../../parts/DayRange";
import { ExportButton } from "../../parts/ExportButton";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { SearchBox } from "../../parts/SearchBox";
import { sortOf } from "../../parts/sort";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import { When } from "../../parts/When";
import { ACTIONS } from "./actions";
import { Diff, DiffSummary } from "./Diff";

const LIMIT = 50;
const FILTERS = ["action", "subject", "from", "to"] as const;
const NAMES = [...FILTERS, "sort"] as const;

export default function AuditPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const { filters, setFilters } = useFilters(NAMES);
  const { sort: asked, ...wanted } = filters;
  const sort = sortOf(asked, ["at"], "-at");
  const clear = () => setFilters(Object.fromEntries(FILTERS.map((name) => [name, ""])));
  const cursor = useCursor(filters);
  const query = useAuditLog({ ...wanted, sort, limit: LIMIT, cursor: cursor.cursor });
  return (
    <>
      <PageHeader title={t("audit.title")} hint={t("audit.hint")} />
      <FilterBar
        active={Object.keys(wanted).length - (wanted.subject ? 1 : 0)}
        onClear={clear}
        tools={!phone && <ExportButton path="/v1/audit-log/export" query={wanted} />}
        search={
          <SearchBox
            value={filters.subject}
            onChange={(subject) => setFilters({ subject })}
            placeholder={t("audit.subjectFilter")}
          />
        }
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          value={filters.action ?? null}
          placeholder={t("audit.action")}
          aria-label={t("audit.action")}
          style={{ width: 180 }}
          options={ACTIONS.map((action) => ({ value: action, label: label("action", action) }))}
          onChange={(action: string | null) => setFilters({ action: action ?? "" })}
        />
        <DayRange
          label={t("audit.day")}
          from={filters.from}
          to={filters.to}
          onChange={(from, to) => setFilters({ from: from ?? "", to: to ?? "" })}
        />
      </FilterBar>
      <DataList
        query={listOf(query)}
        columns={useAuditColumns()}
        rowKey={(row) => row.id}
        expand={(row) => <Diff before={row.before} after={row.after} />}
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
        card={(row) => <AuditTile row={row} />}
        empty={
          <EmptyState filtered={Object.keys(wanted).length > 0} onClear={clear} title={t("audit.empty")} />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}

function useAuditColumns(): Column<AuditRow>[] {
  const { t } = useTranslation();
  const label = useLabel();
  return [
    { key: "at", title: t("audit.at"), width: 150, sortable: true, render: (_, row) => <When at={row.at} /> },
    {
      key: "actor",
      title: t("audit.actor"),
      width: 170,
      render: (_, row) => (
        <>
          {row.actor.name ?? label("actor", row.actor.kind)}{" "}
          <span className="muted small">{row.actor.name && label("actor", row.actor.kind)}</span>
        </>
      ),
    },
    {
      key: "action",
      title: t("audit.action"),
      width: 180,
      render: (_, row) => <span title={row.action}>{label("action", row.action)}</span>,
    },
    {
      key: "subject",
      title: t("audit.subject"),
      width: 200,
      render: (_, row) => (
        <>
          {label("subject", row.subject_type)}{" "}
          {row.subject_id && (
            <code className="muted small" title={row.subject_id}>
              {row.subject_id.slice(0, 12)}…
            </code>
          )}
        </>
      ),
    },
    {
      key: "changes",
      title: t("audit.changes"),
      render: (_, row) => <DiffSummary before={row.before} after={row.after} />,
    },
  ];
}

function AuditTile({ row }: { row: AuditRow }) {
  const label = useLabel();
  return (
    <>
      <div className="spread">
        <strong>{row.actor.name ?? label("actor", row.actor.kind)}</strong>
        <span className="small muted">
          <When at={row.at} />
        </span>
      </div>
      <div className="spread small">
        <span>{label("action", row.action)}</span>
        <span className="muted">{label("subject", row.subject_type)}</span>
      </div>
    </>
  );
}
