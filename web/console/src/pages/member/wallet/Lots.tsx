import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Holding, Lot } from "../../../api/types";
import { type Column, DataList } from "../../../parts/DataList";
import { lastMoment } from "../../../parts/format";
import { EmptyState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { When } from "../../../parts/When";

interface Row extends Lot {
  asset: string;
}

/** What there is, by when it was given, in the order in which it is spent; then what cannot be spent yet. */
export function Lots({ holdings, money }: { holdings: Record<string, Holding>; money: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const several = Object.keys(holdings).length > 1;
  const rows: Row[] = Object.entries(holdings).flatMap(([asset, { lots }]) =>
    lots.map((lot) => ({ ...lot, asset })),
  );
  const say = (amount: number) => (money ? format.money(amount) : format.number(amount));
  const waits = (row: Row) => row.available_at !== null && new Date(row.available_at) > new Date();
  const from = (row: Row) => {
    if (row.source) return format.text(row.source);
    if (row.order_id) return <Link to={`/orders/${row.order_id}`}>{t("member.wallet.seeOrder")}</Link>;
    return several ? label("asset", row.asset) : <span className="muted">—</span>;
  };
  const until = (row: Row) =>
    row.expires_at ? (
      <When at={lastMoment(row.expires_at)} show="date" />
    ) : (
      <span className="muted">{t("member.wallet.neverExpires")}</span>
    );
  const pending = (row: Row) =>
    waits(row) && (
      <Tag variant="filled" color="processing" style={{ margin: 0 }}>
        {t("wallet.from", { date: format.date(row.available_at ?? "") })}
      </Tag>
    );
  const columns: Column<Row>[] = [
    {
      key: "earned",
      title: t("member.wallet.earnedAt"),
      render: (_, row) => <When at={row.earned_at} show="date" />,
    },
    {
      key: "from",
      title: t(several ? "member.wallet.asset" : "wallet.source"),
      render: (_, row) => from(row),
    },
    {
      key: "expires",
      title: t("member.wallet.expiresAt"),
      render: (_, row) => (
        <span className="cluster">
          {until(row)} {pending(row)}
        </span>
      ),
    },
    {
      key: "remaining",
      title: t("member.wallet.remaining"),
      align: "right",
      render: (_, row) => (
        <span className="num">
          <b>{say(row.remaining)}</b>
          {row.remaining !== row.granted && <span className="muted"> / {say(row.granted)}</span>}
        </span>
      ),
    },
  ];
  return (
    <DataList<Row>
      query={{ rows, loading: false, error: null, retry: () => {} }}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("wallet.nothing")} />}
      columns={columns}
      card={(row) => (
        <>
          <div className="spread">
            <span>{from(row)}</span>
            <b className="num">{say(row.remaining)}</b>
          </div>
          <div className="spread small muted">
            <span>
              {t("member.wallet.expiresAt")} {until(row)}
            </span>
            {pending(row)}
          </div>
        </>
      )}
    />
  );
}
