import { Tag, Tooltip } from "antd";
import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { MemberRow } from "../../api/types";
import type { Column } from "../../parts/DataList";
import { Money } from "../../parts/Money";
import { TierBadge } from "../../parts/TierBadge";
import type { Formats } from "../../parts/useFormat";
import type { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";

export const COLUMNS = [
  "name",
  "number",
  "phone",
  "card",
  "tier",
  "orders",
  "paid_minor",
  "last_order_at",
  "points",
  "growth",
  "joined_at",
  "join_store",
  "join_channel",
  "status",
] as const;

export type ColumnName = (typeof COLUMNS)[number];

export const SHOWN_AT_FIRST: ColumnName[] = [
  "name",
  "phone",
  "tier",
  "orders",
  "paid_minor",
  "last_order_at",
  "points",
  "growth",
  "joined_at",
  "join_store",
];

type Cells = Record<ColumnName, Omit<Column<MemberRow>, "key" | "title">>;

export function memberColumns(
  t: TFunction,
  format: Formats,
  label: ReturnType<typeof useLabel>,
): Column<MemberRow>[] {
  const right = { align: "right" as const };
  const cells: Cells = {
    name: {
      fixed: "left",
      render: (_, row) => (
        <span className="cluster">
          <Link to={`/members/${row.id}`}>{row.name ?? row.number}</Link>
          {row.generated && (
            <Tooltip title={t("members.generatedHint")}>
              <Tag variant="filled">{t("members.generated")}</Tag>
            </Tooltip>
          )}
        </span>
      ),
    },
    number: { render: (_, row) => <span className="num">{row.number}</span> },
    phone: { render: (_, row) => <span className="num">{row.phone ?? "—"}</span> },
    card: { render: (_, row) => <span className="num">{row.card ?? "—"}</span> },
    tier: { render: (_, row) => <TierBadge tier={row.tier} /> },
    orders: {
      ...right,
      sortable: true,
      render: (_, row) => <span className="num">{format.number(row.orders)}</span>,
    },
    paid_minor: { ...right, sortable: true, render: (_, row) => <Money minor={row.paid_minor} /> },
    last_order_at: {
      ...right,
      sortable: true,
      render: (_, row) => <When at={row.last_order_at} show="date" />,
    },
    points: {
      ...right,
      sortable: true,
      render: (_, row) => <span className="num">{format.number(row.points)}</span>,
    },
    growth: {
      ...right,
      sortable: true,
      render: (_, row) => <span className="num">{format.number(row.growth)}</span>,
    },
    joined_at: { ...right, sortable: true, render: (_, row) => <When at={row.joined_at} show="date" /> },
    join_store: { render: (_, row) => row.join_store?.name ?? "—" },
    join_channel: { render: (_, row) => label("channel", row.join_channel) },
    status: { render: (_, row) => label("memberStatus", row.status) },
  };
  return COLUMNS.map((key) => ({ key, title: t(`members.column.${key}`), ...cells[key] }));
}
