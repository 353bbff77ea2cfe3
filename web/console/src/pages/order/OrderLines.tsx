import { useTranslation } from "react-i18next";
import type { Order, OrderLine } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./OrderLines.module.css";

/** The lines, each with the discounts it got: why, by which rule, at whose cost. */
export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={`${t("order.lines")} · ${format.number(order.line_count)}`} flush>
      <div className={styles.head} aria-hidden="true">
        <span>{t("order.product")}</span>
        <span>{t("order.unitPrice")}</span>
        <span>{t("order.quantity")}</span>
        <span>{t("order.gross")}</span>
        <span>{t("order.paid")}</span>
      </div>
      <ul className={styles.lines}>
        {order.lines.map((line) => (
          <Line key={line.line_no} line={line} />
        ))}
      </ul>
    </Panel>
  );
}

function Line({ line }: { line: OrderLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const price = line.unit_price_minor;
  const adjustments = line.adjustments.filter(({ amount_minor }) => amount_minor !== 0);
  return (
    <li className={styles.line}>
      <span className={styles.name}>
        {line.name}
        <small>
          {line.sku}
          {line.category && ` · ${line.category.name}`}
        </small>
      </span>
      <span className={`num ${styles.price}`} title={price === null ? t("order.noUnitPrice") : undefined}>
        {price === null || price === undefined ? "—" : format.money(price)}
      </span>
      <span className="num">×{format.quantity(String(line.quantity))}</span>
      <span className={`num muted ${styles.gross}`}>{format.money(line.gross_minor)}</span>
      <b className="num">{format.money(line.paid_minor)}</b>
      {adjustments.length > 0 && (
        <ul className={styles.adjustments}>
          {adjustments.map((adjustment) => (
            <li key={`${adjustment.stage}-${adjustment.rule}-${adjustment.funder}-${adjustment.party}`}>
              <span>{format.text(adjustment.reason)}</span>
              <span className={styles.source}>
                {label("funder", adjustment.funder)} · <code>{adjustment.rule}</code>
              </span>
              <span className="num">−{format.money(adjustment.amount_minor)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
