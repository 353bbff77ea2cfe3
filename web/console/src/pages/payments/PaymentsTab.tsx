import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type Payment, type PaymentStatus, usePayments } from "../../api/payments";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { Money } from "../../parts/Money";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { When } from "../../parts/When";
import { PaymentDrawer } from "./PaymentDrawer";
import { PaymentTag, Problems } from "./PaymentTag";

const LIMIT = 50;
const NAMES = ["status", "provider"] as const;
const OPEN = ["payment"] as const;
const STATUSES = ["created", "pending", "paid", "failed", "closed"] as const;
const PROVIDERS = ["wechat", "alipay", "cash", "manual"] as const;

const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined =>
  all.find((each) => each === text);

/** Payments, newest first; only those that need a person, or all. */
export function PaymentsTab({ attention }: { attention?: true }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const { filters: open, clear: close } = useFilters(OPEN);
  const status: PaymentStatus | undefined = attention ? undefined : oneOf(STATUSES, filters.status);
  const provider = oneOf(PROVIDERS, filters.provider);
  const wanted = {
    ...(attention && { attention }),
    ...(status && { status }),
    ...(provider && { provider }),
  };
  const cursor = useCursor(wanted);
  const query = usePayments({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const to = (row: Payment) => `?${new URLSearchParams({ ...Object.fromEntries(params), payment: row.id })}`;
  const columns = useColumns();
  return (
    <>
      <FilterBar
        active={Object.keys(filters).length}
        onClear={clear}
        search={
          <Select
            allowClear
            value={provider ?? null}
            placeholder={t("payments.column.how")}
            aria-label={t("payments.column.how")}
            style={{ width: 150 }}
            options={PROVIDERS.map((value) => ({ value, label: t(`payments.provider.${value}`) }))}
            onChange={(value: string | null) => setFilters({ provider: value ?? "" })}
          />
        }
      >
        {!attention && (
          <Select
            allowClear
            value={status ?? null}
            placeholder={t("payments.column.status")}
            aria-label={t("payments.column.status")}
            style={{ width: 150 }}
            options={STATUSES.map((value) => ({ value, label: t(`payments.status.${value}`) }))}
            onChange={(value: string | null) => setFilters({ status: value ?? "" })}
          />
        )}
      </FilterBar>
      <DataList<Payment>
        query={listOf(query)}
        columns={attention ? columns : columns.filter(({ key }) => key !== "problem")}
        rowKey={(row) => row.id}
        to={to}
        card={(row) => <Tile row={row} />}
        empty={
          <EmptyState
            filtered={any}
            onClear={clear}
            title={t(attention ? "payments.allGood" : "payments.empty")}
            hint={t(attention ? "payments.allGoodHint" : "payments.emptyHint")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {open.payment && <PaymentDrawer id={open.payment} onClose={close} />}
    </>
  );
}

function useColumns(): Column<Payment>[] {
  const { t } = useTranslation();
  const right = { align: "right" as const };
  return [
    { key: "at", title: t("payments.column.at"), render: (_, row) => <When at={row.created_at} /> },
    { key: "problem", title: t("payments.column.problem"), render: (_, row) => <Problems payment={row} /> },
    { key: "what", title: t("payments.column.what"), render: (_, row) => <What row={row} /> },
    { key: "how", title: t("payments.column.how"), render: (_, row) => <How row={row} /> },
    { key: "store", title: t("payments.column.store"), render: (_, row) => row.store?.name ?? "—" },
    {
      key: "status",
      title: t("payments.column.status"),
      render: (_, row) => <PaymentTag status={row.status} />,
    },
    {
      key: "amount",
      title: t("payments.column.amount"),
      ...right,
      render: (_, row) => <Money minor={row.amount_minor} />,
    },
    {
      key: "received",
      title: t("payments.column.received"),
      ...right,
      render: (_, row) => <Money minor={row.received_minor || null} />,
    },
  ];
}

function What({ row }: { row: Payment }) {
  if (row.purpose !== "order") return row.description;
  return <Link to={`/orders/${row.reference}`}>{row.description}</Link>;
}

function How({ row }: { row: Payment }) {
  const { t } = useTranslation();
  return (
    <span>
      {t(`payments.provider.${row.provider}`)}{" "}
      <span className="muted small">{t(`payments.method.${row.method}`)}</span>
    </span>
  );
}

function Tile({ row }: { row: Payment }) {
  return (
    <>
      <div className="spread">
        <strong>
          <Money minor={row.amount_minor} />
        </strong>
        <PaymentTag status={row.status} />
      </div>
      <div className="small">
        <How row={row} />
      </div>
      <div className="spread small muted">
        <span className="ellipsis">{row.description}</span>
        <When at={row.created_at} />
      </div>
      <Problems payment={row} />
    </>
  );
}
