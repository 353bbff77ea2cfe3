import { Alert, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useClearingStatement } from "../../api/clearing";
import { useCalendar } from "../../api/reports";
import { DayRange } from "../../parts/DayRange";
import { ExportButton } from "../../parts/ExportButton";
import { FilterBar } from "../../parts/FilterBar";
import { ListSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import styles from "./clearing.module.css";
import { usePartyName } from "./Party";
import { Sums } from "./Sums";

const NAMES = ["from", "to", "party"] as const;
const DAY = "YYYY-MM-DD";

/** What is owed over a time, by all or by one party; as a file, entry by entry. */
export function StatementTab() {
  const calendar = useCalendar();
  if (calendar.isPending) return <ListSkeleton />;
  return <Statement today={calendar.data?.today ?? dayjs().format(DAY)} />;
}

function Statement({ today }: { today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePartyName();
  const { filters, setFilters } = useFilters(NAMES);
  const from = filters.from ?? dayjs(today).startOf("month").format(DAY);
  const to = filters.to ?? today;
  const wanted = { from, to, ...(filters.party && { party: filters.party }) };
  const everybody = useClearingStatement({ from, to });
  const query = useClearingStatement(wanted);
  const found = query.data;
  const parties = everybody.data?.positions.map(({ party }) => ({ value: party.id, label: nameOf(party) }));
  return (
    <>
      <FilterBar
        active={Object.keys(filters).length}
        onClear={() => setFilters({ from: "", to: "", party: "" })}
        search={
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            value={filters.party ?? null}
            placeholder={t("clearing.statement.party")}
            aria-label={t("clearing.statement.party")}
            style={{ width: 260 }}
            options={parties ?? []}
            onChange={(value: string | null) => setFilters({ party: value ?? "" })}
          />
        }
        tools={<ExportButton path="/v1/clearing/statement/export" query={wanted} />}
      >
        <DayRange
          from={from}
          to={to}
          label={t("clearing.column.day")}
          allowClear={false}
          onChange={(first, last) => setFilters({ from: first ?? "", to: last ?? "" })}
        />
      </FilterBar>
      {query.error && !found ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : found ? (
        <div data-stale={query.isPlaceholderData || undefined} className={styles.stale}>
          {found.open_from !== null && found.debts.length > 0 && (
            <Alert
              className={styles.note ?? ""}
              type="info"
              showIcon
              title={t("clearing.statement.openFrom", { day: format.day(found.open_from) })}
            />
          )}
          <Sums
            statement={found}
            empty={t("clearing.statement.empty")}
            emptyHint={t("clearing.statement.emptyHint")}
            onParty={(party) => setFilters({ party })}
          />
        </div>
      ) : (
        <ListSkeleton />
      )}
    </>
  );
}
