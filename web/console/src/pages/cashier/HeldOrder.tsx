import { useTranslation } from "react-i18next";
import type { Order } from "../../api/types";
import { useFormat } from "../../parts/useFormat";
import styles from "./HeldOrders.module.css";
import { TimeLeft } from "./TimeLeft";

/** An order that was put aside: what it is, and how long it still holds. */
export function HeldOrder({ order }: { order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={styles.order} aria-label={t("cashier.held.one")}>
      <header>
        <strong className="num">{order.number}</strong>
        <span className="muted">
          {order.member ? (order.member.name ?? order.member.number) : t("cashier.member.none")}
        </span>
        <span className={styles.space} />
        <TimeLeft until={order.hold_until} />
      </header>
      <ol>
        {order.lines.map((line) => (
          <li className={styles.line} key={line.line_no}>
            <span>{line.name}</span>
            <span className="num muted">{format.quantity(String(line.quantity))}</span>
            <span className="num">{format.money(line.paid_minor)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
