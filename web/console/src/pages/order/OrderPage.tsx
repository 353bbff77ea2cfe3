import { Alert, Descriptions, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useOrder } from "../../api/orders";
import type { Order } from "../../api/types";
import { useCan } from "../../app/session";
import { Money } from "../../parts/Money";
import { OrderStatusTag } from "../../parts/OrderStatusTag";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { Waterfall } from "../../parts/Waterfall";
import { When } from "../../parts/When";
import { Funders } from "./Funders";
import { OrderActions } from "./OrderActions";
import { OrderLines } from "./OrderLines";
import styles from "./OrderPage.module.css";
import { Refunds } from "./Refunds";

/** One order, and where every cent of its discount came from. */
export default function OrderPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const { data: order, error, isPending, refetch } = useOrder(id);
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return (
    <>
      <PageHeader
        back="/orders"
        title={t("order.title", { number: order.number })}
        mark={<OrderStatusTag status={order.status} />}
        hint={
          <>
            <When at={order.placed_at} /> · {order.store.name}
          </>
        }
        actions={<OrderActions order={order} />}
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          {order.status === "pending" && <Waiting order={order} />}
          <OrderLines order={order} />
        </div>
        <div className={styles.column}>
          <Refunds order={order} />
          <Waterfall order={{ ...order, payable_minor: order.paid_minor - order.stored_minor }} />
          <Funders order={order} />
          <Facts order={order} />
          <Paid order={order} />
        </div>
      </div>
    </>
  );
}

/** A pending order holds coupons, points and stock, but not for ever. */
function Waiting({ order }: { order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert
      type="warning"
      showIcon
      title={t("order.waiting", { amount: format.money(order.due_minor) })}
      description={
        order.hold_until ? t("order.waitingUntil", { time: format.dateTime(order.hold_until) }) : undefined
      }
    />
  );
}

function Facts({ order }: { order: Order }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const label = useLabel();
  const member = order.member;
  const name = member ? (member.name ?? member.number) : t("orders.guest");
  const items = [
    [
      t("orders.column.member"),
      member && can("members.read") ? (
        <Link key="member" to={`/members/${member.id}`}>
          {name}
        </Link>
      ) : (
        name
      ),
    ],
    [t("order.businessDay"), format.day(order.business_day)],
    [t("orders.column.channel"), label("channel", order.channel)],
    [t("orders.column.source"), label("source", order.source)],
    ...(order.external_ref
      ? [
          [
            t("order.externalRef"),
            <span key="ref" className="num">
              {order.external_ref}
            </span>,
          ],
        ]
      : []),
    ...(order.cashier ? [[t("order.cashier"), order.cashier.name]] : []),
    [
      t("order.points"),
      <span key="points" className="num">
        {t("order.earned", { points: format.number(order.points_earned) })}
        {order.points_spent > 0 && ` · ${t("order.spent", { points: format.number(order.points_spent) })}`}
      </span>,
    ],
  ] as const;
  return (
    <Panel title={t("order.facts")}>
      <Descriptions
        colon={false}
        column={1}
        size="small"
        items={items.map(([title, children]) => ({ key: String(title), label: title, children }))}
      />
    </Panel>
  );
}

/** The provider's own number leads to the payment, and to how its refunds stand. */
function Reference({ tender }: { tender: Order["tenders"][number] }) {
  if (!tender.reference) return null;
  if (!tender.payment_id) return <span className="muted small">{tender.reference}</span>;
  return (
    <Link className="small num" to={`/payments?tab=all&payment=${tender.payment_id}`}>
      {tender.reference}
    </Link>
  );
}

function Paid({ order }: { order: Order }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Panel title={t("order.tenders")}>
      {order.tenders.length === 0 && order.stored_minor === 0 && (
        <p className="muted">{t("order.noTenders")}</p>
      )}
      {order.tenders.map((tender) => (
        <div key={`${tender.kind}-${tender.amount_minor}-${tender.reference}`} className="spread">
          <span>
            {label("tender", tender.kind)} <Reference tender={tender} />
          </span>
          <Money minor={tender.amount_minor} />
        </div>
      ))}
      {order.stored_minor > 0 && (
        <div className="spread">
          <span>{t("order.stored")}</span>
          <Money minor={order.stored_minor} />
        </div>
      )}
      {order.change_minor > 0 && (
        <div className="spread muted">
          <span>{t("cashier.pay.change")}</span>
          <Money minor={-order.change_minor} />
        </div>
      )}
      {order.redemptions.length > 0 && <h3 className={styles.sub}>{t("order.redemptions")}</h3>}
      {order.redemptions.map(({ campaign, coupon_code }) => (
        <div key={coupon_code} className="spread">
          <span className="cluster">
            {t("order.campaign", { code: campaign.code })}
            <Tag variant="filled">{campaign.kind}</Tag>
          </span>
          <span className="muted small num">{t("order.coupon", { code: coupon_code })}</span>
        </div>
      ))}
    </Panel>
  );
}
