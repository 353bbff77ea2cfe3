import { useTranslation } from "react-i18next";
import type { Order } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { GivenBack } from "./refund/GivenBack";
import styles from "./refund/refund.module.css";

/** What came back of an order so far. */
export function Refunds({ order }: { order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (order.refunds.length === 0) return null;
  return (
    <Panel title={t("refund.list")}>
      {order.refunds.map((refund) => (
        <section key={refund.id} className={styles.refund}>
          <div className="spread">
            <span className="muted small">
              <When at={refund.at} />
            </span>
            <b className="num">−{format.money(refund.paid_minor)}</b>
          </div>
          {refund.reason && <p style={{ margin: "2px 0 4px" }}>{refund.reason}</p>}
          <GivenBack refund={refund} />
        </section>
      ))}
      {order.refunds.length > 1 && (
        <div className={`spread ${styles.refund}`}>
          <strong>{t("refund.inAll")}</strong>
          <b className="num">−{format.money(order.refunded_paid_minor)}</b>
        </div>
      )}
    </Panel>
  );
}
