import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ClearingDay, useClearingDays } from "../../api/clearing";
import { useCalendar } from "../../api/reports";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { Money } from "../../parts/Money";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { CloseButton } from "./CloseButton";
import { DayTag } from "./DayTag";

const LIMIT = 31;

/** All business days, newest first; those that are over and open can be closed. */
export function DaysTab() {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const cursor = useCursor("days");
  const query = useClearingDays({ limit: LIMIT, cursor: cursor.cursor });
  const calendar = useCalendar();
  const today = calendar.data?.today;
  const newest = useClearingDays({ limit: LIMIT }).data?.items ?? [];
  const closed = newest.find(({ status }) => status === "closed");
  const over = newest.find(({ day, status }) => status === "open" && today !== undefined && day < today);
  return (
    <>
      <FilterBar
        active={0}
        onClear={() => {}}
        search={
          newest.length > 0 && (
            <span className="muted">
              {closed ? t("clearing.upTo", { day: format.day(closed.day) }) : t("clearing.none")}
            </span>
          )
        }
        tools={
          over &&
          can("clearing.write") && (
            <CloseButton day={over.day} label={t("clearing.close.openUpTo", { day: format.day(over.day) })} />
          )
        }
      />
      <DataList<ClearingDay>
        query={listOf(query)}
        columns={useColumns(today)}
        rowKey={(row) => row.day}
        to={(row) => `/clearing/${row.day}`}
        card={(row) => <Tile row={row} today={today} />}
        empty={<EmptyState title={t("clearing.empty")} hint={t("clearing.emptyHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}

function useColumns(today: string | undefined): Column<ClearingDay>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: "day",
      title: t("clearing.column.day"),
      render: (_, row) => (
        <span className="num">
          <Link to={`/clearing/${row.day}`}>{format.day(row.day)}</Link>{" "}
          <span className="muted">
            {format.weekday(row.day)}
            {row.day === today && ` · ${t("clearing.today")}`}
          </span>
        </span>
      ),
    },
    {
      key: "status",
      title: t("clearing.column.status"),
      render: (_, row) => <DayTag status={row.status} />,
    },
    {
      key: "entries",
      title: t("clearing.column.entries"),
      align: "right",
      render: (_, row) => (
        <span className="num">
          {row.late > 0 && <span className="muted small">{t("clearing.late", { count: row.late })} · </span>}
          {row.entries === 0 ? <span className="muted">—</span> : format.number(row.entries)}
        </span>
      ),
    },
    {
      key: "amount",
      title: t("clearing.column.amount"),
      align: "right",
      render: (_, row) => <Money minor={row.entries === 0 ? null : row.amount_minor} />,
    },
    {
      key: "closed",
      title: t("clearing.column.closed"),
      align: "right",
      render: (_, row) => <When at={row.closed_at} />,
    },
  ];
}

function Tile({ row, today }: { row: ClearingDay; today: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <div className="spread">
        <strong className="num">
          {format.day(row.day)}{" "}
          <span className="muted small">
            {format.weekday(row.day)}
            {row.day === today && ` · ${t("clearing.today")}`}
          </span>
        </strong>
        <DayTag status={row.status} />
      </div>
      <div className="spread small muted">
        <span>
          {t("clearing.entries", { count: row.entries, number: format.number(row.entries) })}
          {row.late > 0 && ` · ${t("clearing.late", { count: row.late })}`}
        </span>
        {row.entries > 0 && <Money minor={row.amount_minor} />}
      </div>
    </>
  );
}
