import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type TopUp, useTopUps } from "../../api/storedValue";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { MemberSelect } from "../../parts/MemberSelect";
import { Money } from "../../parts/Money";
import { StoreSelect } from "../../parts/StoreSelect";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { TopUpDrawer } from "./TopUpDrawer";

const LIMIT = 50;
const NAMES = ["store", "member"] as const;
const OPEN = ["top_up"] as const;

/** Top-ups, newest first; each opens with its refunds and what a refund would come to. */
export function TopUpsTab() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const { filters: open, clear: close } = useFilters(OPEN);
  const wanted = {
    ...(filters.store && { store_id: filters.store }),
    ...(filters.member && { member_id: filters.member }),
  };
  const cursor = useCursor(wanted);
  const query = useTopUps({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const to = (row: TopUp) => `?${new URLSearchParams({ ...Object.fromEntries(params), top_up: row.id })}`;
  const known = query.data?.items.find(({ member_id }) => member_id === filters.member)?.member;
  return (
    <>
      <FilterBar
        active={Object.keys(filters).length}
        onClear={clear}
        search={
          <MemberSelect
            value={filters.member ? [filters.member] : []}
            most={1}
            width={260}
            {...(known && { known: [known] })}
            onChange={([id]) => setFilters({ member: id ?? "" })}
          />
        }
      >
        <StoreSelect value={filters.store} onChange={(id) => setFilters({ store: id ?? "" })} />
      </FilterBar>
      <DataList<TopUp>
        query={listOf(query)}
        columns={useColumns()}
        rowKey={(row) => row.id}
        to={to}
        card={(row) => <Tile row={row} />}
        empty={
          <EmptyState
            filtered={any}
            onClear={clear}
            title={t("storedValue.topUp.empty")}
            hint={t("storedValue.topUp.emptyHint")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {open.top_up && <TopUpDrawer id={open.top_up} onClose={close} />}
    </>
  );
}

function useColumns(): Column<TopUp>[] {
  const { t } = useTranslation();
  const right = { align: "right" as const };
  return [
    { key: "at", title: t("storedValue.column.at"), render: (_, row) => <When at={row.at} /> },
    {
      key: "member",
      title: t("storedValue.column.member"),
      render: (_, row) => <Link to={`/members/${row.member_id}?tab=wallet`}>{memberOf(row)}</Link>,
    },
    { key: "store", title: t("storedValue.column.store"), render: (_, row) => row.store?.name },
    { key: "paidBy", title: t("storedValue.column.paidBy"), render: (_, row) => <PaidBy row={row} /> },
    {
      key: "principal",
      title: t("storedValue.column.principal"),
      ...right,
      render: (_, row) => <Money minor={row.principal_minor} />,
    },
    {
      key: "bonus",
      title: t("storedValue.column.bonus"),
      ...right,
      render: (_, row) => <Money minor={row.bonus_minor || null} signed />,
    },
    {
      key: "refunded",
      title: t("storedValue.column.refunded"),
      ...right,
      render: (_, row) => <Money minor={row.refunded_minor ? -row.refunded_minor : null} />,
    },
  ];
}

const memberOf = (row: TopUp) => row.member?.name ?? row.member?.number ?? row.member_id;

function PaidBy({ row }: { row: TopUp }) {
  const label = useLabel();
  return <span className="muted">{row.tenders.map(({ kind }) => label("tender", kind)).join(" · ")}</span>;
}

function Tile({ row }: { row: TopUp }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="spread">
        <strong>{memberOf(row)}</strong>
        <strong>
          <Money minor={row.principal_minor} />
          {row.bonus_minor > 0 && (
            <span className="muted small">
              {" "}
              <Money minor={row.bonus_minor} signed />
            </span>
          )}
        </strong>
      </div>
      <div className="spread small muted">
        <span>
          <When at={row.at} /> · {row.store?.name}
        </span>
        {row.refunded_minor > 0 && (
          <span>
            {t("storedValue.column.refunded")} <Money minor={row.refunded_minor} />
          </span>
        )}
      </div>
    </>
  );
}
