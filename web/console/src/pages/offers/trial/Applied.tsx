import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Quote } from "../../../api/types";
import { Panel } from "../../../parts/Panel";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import styles from "./trial.module.css";

/** What was applied, what may be added for free, and what was not applied and why. */
export function Applied({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const used = quote.used.filter(({ amount_minor }) => amount_minor !== 0);
  return (
    <>
      <Panel title={t("trial.used")}>
        {used.length === 0 && <span className="muted">{t("trial.noneUsed")}</span>}
        <ul className={styles.list}>
          {used.map(({ stage, rule, name, amount_minor, coupon_id }) => (
            <li key={`${stage} ${rule} ${coupon_id}`}>
              <span className="cluster">
                {format.text(name)}
                <Tag variant="filled">{label("stage", stage)}</Tag>
              </span>
              <span className="num">−{format.money(amount_minor)}</span>
            </li>
          ))}
        </ul>
      </Panel>
      {quote.gifts.length > 0 && (
        <Panel title={t("trial.gifts")}>
          <ul className={styles.list}>
            {quote.gifts.map(({ rule, name, quantity, product_id }) => (
              <li key={`${rule} ${product_id}`}>
                {t("trial.gift", { name: format.text(name), quantity: format.number(quantity) })}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={t("trial.missed")}>
        {quote.missed.length === 0 && <span className="muted">{t("trial.noneMissed")}</span>}
        <ul className={styles.list}>
          {quote.missed.map(({ rule, name, reason, coupon_id, missing }) => (
            <li key={`${rule} ${coupon_id}`} data-near={missing > 0 || undefined}>
              <span>{format.text(name)}</span>
              <span className="muted small">{format.text(reason)}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
