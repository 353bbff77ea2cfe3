import { CheckCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Order } from "../../api/types";
import { useFormat } from "../../parts/useFormat";
import styles from "./Receipt.module.css";

export function Receipt({ order, onNext }: { order: Order; onNext: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = order.change_minor ?? 0;
  return (
    <section className={styles.receipt} aria-live="assertive">
      <CheckCircleFilled className={styles.done ?? ""} />
      <h1>{t("cashier.done.title")}</h1>
      <p className={styles.change}>
        {change > 0 ? (
          <>
            {t("cashier.done.change")} <b className="num">{format.money(change)}</b>
          </>
        ) : (
          t("cashier.done.noChange")
        )}
      </p>
      <p className="muted num">
        {t("cashier.done.number")} {order.number} · {format.money(order.paid_minor)}
        {order.points_earned > 0 &&
          ` · ${t("cashier.done.earned", { points: format.number(order.points_earned) })}`}
      </p>
      <Button type="primary" size="large" tabIndex={-1} onClick={onNext}>
        {t("cashier.done.next")} <kbd>Enter</kbd>
      </Button>
    </section>
  );
}
