import { Alert, Descriptions, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Payment, usePayment } from "../../api/payments";
import { useCan } from "../../app/session";
import { Money } from "../../parts/Money";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { PaymentActions } from "./PaymentActions";
import { PaymentTag, problemsOf } from "./PaymentTag";
import styles from "./payments.module.css";

/** One payment: what is wrong with it, what to do, and how it stands. */
export function PaymentDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = usePayment(id);
  const title = found.data
    ? t("payments.detail.title", { amount: format.money(found.data.amount_minor) })
    : " ";
  return (
    <Drawer
      open
      onClose={onClose}
      title={title}
      size={480}
      {...(found.data && { footer: <PaymentActions payment={found.data} /> })}
    >
      {found.error ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : found.data ? (
        <div className={styles.stack}>
          {problemsOf(found.data).map((attention) => (
            <Alert
              key={attention}
              type="warning"
              showIcon
              title={t(`payments.attention.${attention}`)}
              description={t(`payments.advice.${attention}`)}
            />
          ))}
          <Facts payment={found.data} />
          <Refunds payment={found.data} />
        </div>
      ) : (
        <BlockSkeleton lines={8} />
      )}
    </Drawer>
  );
}

function Facts({ payment }: { payment: Payment }) {
  const { t } = useTranslation();
  const can = useCan();
  const order = payment.purpose === "order" && can("orders.read");
  const items = [
    [t("payments.column.status"), <PaymentTag key="status" status={payment.status} />],
    [
      t("payments.column.what"),
      <span key="what">
        {payment.description}{" "}
        {order && <Link to={`/orders/${payment.reference}`}>{t("payments.detail.seeOrder")}</Link>}
      </span>,
    ],
    [
      t("payments.column.how"),
      `${t(`payments.provider.${payment.provider}`)} · ${t(`payments.method.${payment.method}`)}`,
    ],
    [t("payments.column.store"), payment.store?.name ?? "—"],
    [t("payments.column.amount"), <Money key="amount" minor={payment.amount_minor} />],
    [t("payments.column.received"), <Money key="received" minor={payment.received_minor} />],
    [t("payments.column.at"), <When key="at" at={payment.created_at} />],
    payment.paid_at
      ? [t("payments.detail.paidAt"), <When key="paid" at={payment.paid_at} />]
      : [t("payments.detail.expires"), <When key="expires" at={payment.expires_at} />],
    ...(payment.provider_ref
      ? [
          [
            t("payments.detail.ref"),
            <span key="ref" className="mono">
              {payment.provider_ref}
            </span>,
          ],
        ]
      : []),
    ...(payment.failure
      ? [
          [
            t("payments.detail.failure"),
            <span key="failure" className="mono">
              {payment.failure}
            </span>,
          ],
        ]
      : []),
  ] as const;
  return (
    <Panel title={t("payments.detail.facts")}>
      <Descriptions
        colon={false}
        column={1}
        size="small"
        items={items.map(([label, children]) => ({ key: String(label), label, children }))}
      />
    </Panel>
  );
}

function Refunds({ payment }: { payment: Payment }) {
  const { t } = useTranslation();
  if (payment.refunds.length === 0) return null;
  return (
    <Panel title={t("payments.detail.refunds")}>
      {payment.refunds.map((refund) => (
        <div key={refund.id} className={styles.refund}>
          <div className="spread">
            <span>
              {t(`payments.refundStatus.${refund.status}`)}{" "}
              <span className="muted small">{refund.reason}</span>
            </span>
            <Money minor={-refund.amount_minor} />
          </div>
          <div className="small muted">
            <When at={refund.ended_at ?? refund.created_at} />
            {refund.failure && <span className="mono"> · {refund.failure}</span>}
          </div>
        </div>
      ))}
    </Panel>
  );
}
