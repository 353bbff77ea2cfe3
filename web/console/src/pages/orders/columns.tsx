import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { OrderRow } from "../../api/types";
import type { Column } from "../../parts/DataList";
import { Money } from "../../parts/Money";
import { OrderStatusTag } from "../../parts/OrderStatusTag";
import type { Formats } from "../../parts/useFormat";
import type { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";

export function orderColumns(
  t: TFunction,
  format: Formats,
  label: ReturnType<typeof useLabel>,
): Column<OrderRow>[] {
  const right = { align: "right" as const };
  return [
    {
      key: "number",
      title: t("orders.column.number"),
      fixed: "left",
      render: (_, row) => (
        <span className="cluster">
          <Link to={`/orders/${row.id}`} className="num">
            {row.number}
          </Link>
          {row.status !== "paid" && <OrderStatusTag status={row.status} />}
        </span>
      ),
    },
    {
      key: "placed_at",
      title: t("orders.column.placed_at"),
      sortable: true,
      render: (_, row) => <When at={row.placed_at} />,
    },
    { key: "store", title: t("orders.column.store"), render: (_, row) => row.store.name },
    {
      key: "member",
      title: t("orders.column.member"),
      render: (_, row) => <OrderMember row={row} guest={t("orders.guest")} />,
    },
    { key: "source", title: t("orders.column.source"), render: (_, row) => label("source", row.source) },
    {
      key: "lines",
      title: t("orders.column.lines"),
      ...right,
      render: (_, row) => <span className="num">{format.number(row.line_count)}</span>,
    },
    {
      key: "gross_minor",
      title: t("orders.column.gross_minor"),
      ...right,
      render: (_, row) => <Money minor={row.gross_minor} muted />,
    },
    {
      key: "discount_minor",
      title: t("orders.column.discount_minor"),
      ...right,
      sortable: true,
      render: (_, row) =>
        row.discount_minor === 0 ? <span className="muted">—</span> : <Money minor={-row.discount_minor} />,
    },
    {
      key: "paid_minor",
      title: t("orders.column.paid_minor"),
      ...right,
      sortable: true,
      render: (_, row) => (
        <span>
          <Money minor={row.paid_minor} />
          {row.refunded_paid_minor > 0 && (
            <div className="small muted">
              <Money minor={-row.refunded_paid_minor} />
            </div>
          )}
        </span>
      ),
    },
    {
      key: "points",
      title: t("orders.column.points"),
      ...right,
      render: (_, row) => (
        <span className="num muted">
          {row.points_earned > 0 && `+${format.number(row.points_earned)}`}
          {row.points_spent > 0 && ` −${format.number(row.points_spent)}`}
        </span>
      ),
    },
  ];
}

function OrderMember({ row, guest }: { row: OrderRow; guest: string }) {
  if (!row.member) return <span className="muted">{guest}</span>;
  return <Link to={`/members/${row.member.id}`}>{row.member.name ?? row.member.number}</Link>;
}
