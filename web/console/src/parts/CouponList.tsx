import type { UseQueryResult } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRevokeCoupon } from "../api/coupons";
import type { Coupon, CouponStatus } from "../api/types";
import { useCan } from "../app/session";
import { type Column, DataList } from "./DataList";
import { listOf } from "./listOf";
import { MemberLink } from "./MemberLink";
import type { PagerProps } from "./Pager";
import { EmptyState, useProblemWords } from "./states";
import { useFormat } from "./useFormat";
import { useLabel } from "./useLabel";
import { When } from "./When";

interface Props {
  query: UseQueryResult<{ items: Coupon[]; next_cursor: string | null }>;
  /** Who holds them, or of which template they are. */
  show: "holder" | "template";
  filtered: boolean;
  onClear: () => void;
  emptyHint: string;
  pager: PagerProps;
}

const COLOUR: Record<CouponStatus, string> = {
  available: "success",
  reserved: "processing",
  redeemed: "default",
  expired: "default",
  revoked: "error",
};

/** Coupons, of one template or of one member. */
export function CouponList({ query, show, filtered, onClear, emptyHint, pager }: Props) {
  const { t } = useTranslation();
  const who = show === "holder" ? holder : template;
  const columns: Column<Coupon>[] = [
    { key: "who", title: t(`coupons.column.${show}`), render: (_, row) => who(row, t("coupons.bearer")) },
    {
      key: "status",
      title: t("coupons.column.status"),
      render: (_, row) => <CouponTag status={row.status} />,
    },
    {
      key: "from",
      title: t("coupons.column.from"),
      render: (_, row) => <When at={row.valid_from} show="date" />,
    },
    { key: "until", title: t("coupons.column.until"), render: (_, row) => <When at={row.valid_until} /> },
    { key: "source", title: t("coupons.column.source"), render: (_, row) => <Source row={row} /> },
    { key: "order", title: t("coupons.column.order"), render: (_, row) => <OrderLink row={row} /> },
    { key: "actions", title: "", align: "right", render: (_, row) => <Revoke row={row} /> },
  ];
  return (
    <DataList<Coupon>
      query={listOf(query)}
      columns={columns}
      rowKey={(row) => row.id}
      card={(row) => (
        <>
          <div className="spread">
            <strong>{who(row, t("coupons.bearer"))}</strong>
            <CouponTag status={row.status} />
          </div>
          <div className="spread small muted">
            <span>
              {t("coupons.column.until")} <When at={row.valid_until} show="date" />
            </span>
            <OrderLink row={row} />
          </div>
          <Revoke row={row} />
        </>
      )}
      empty={<EmptyState filtered={filtered} onClear={onClear} hint={emptyHint} />}
      pager={pager}
    />
  );
}

function holder(row: Coupon, bearer: string) {
  if (!row.member_id) return <span className="muted">{bearer}</span>;
  return row.member ? <MemberLink member={row.member} /> : "—";
}

const template = (row: Coupon) => <TemplateLink row={row} />;

function TemplateLink({ row }: { row: Coupon }) {
  const format = useFormat();
  const can = useCan();
  const name = format.text(row.template.name) || row.template.code;
  return can("offers.read") ? <Link to={`/coupons/${row.template.id}`}>{name}</Link> : name;
}

export function CouponTag({ status }: { status: CouponStatus }) {
  const label = useLabel();
  return (
    <Tag variant="filled" color={COLOUR[status]} style={{ margin: 0 }}>
      {label("couponStatus", status)}
    </Tag>
  );
}

function Source({ row }: { row: Coupon }) {
  const label = useLabel();
  return <span className="muted">{label("couponSource", row.source)}</span>;
}

function OrderLink({ row }: { row: Coupon }) {
  const { t } = useTranslation();
  if (!row.order_id) return <span className="muted">—</span>;
  return <Link to={`/orders/${row.order_id}`}>{t("member.wallet.seeOrder")}</Link>;
}

function Revoke({ row }: { row: Coupon }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const revoke = useRevokeCoupon();
  if (!can("coupons.issue") || row.status !== "available") return null;
  const ask = () =>
    modal.confirm({
      title: t("coupons.revoke.ask", { name: format.text(row.template.name) || row.template.code }),
      content: t("coupons.revoke.hint"),
      okText: t("coupons.revoke.do"),
      okButtonProps: { danger: true },
      onOk: () =>
        revoke.mutateAsync(row.id).then(
          () => void message.success(t("coupons.revoke.done")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <Button size="small" type="text" danger onClick={ask}>
      {t("coupons.revoke.do")}
    </Button>
  );
}
