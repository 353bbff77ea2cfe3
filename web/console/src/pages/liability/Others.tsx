import { useTranslation } from "react-i18next";
import type { Liability } from "../../api/liability";
import { Money } from "../../parts/Money";
import { Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./liability.module.css";

export function CardsPanel({ cards }: { cards: Liability["cards"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("liability.cards.title")}>
      <ul className={styles.list}>
        {(["active", "unactivated"] as const).map((kind) => (
          <li key={kind} className="spread">
            <span>
              {t(`liability.cards.${kind}`)}
              <small>
                {t("liability.cards.count", { count: cards[kind], number: format.number(cards[kind]) })}
              </small>
            </span>
            <Money minor={cards[`${kind}_minor`]} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function CouponsPanel({ coupons }: { coupons: Liability["coupons"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("liability.coupons.title")} definition={t("liability.coupons.definition")}>
      {coupons.length === 0 && <p className="muted">{t("liability.coupons.none")}</p>}
      <ul className={styles.list}>
        {coupons.map(({ code, name, coupons: count, face_minor, worth_minor }) => (
          <li key={code} className="spread">
            <span>
              {format.text(name) || code}
              <small>{t("liability.coupons.count", { count, number: format.number(count) })}</small>
            </span>
            {face_minor === null ? (
              <span className="muted small">{t("liability.coupons.depends")}</span>
            ) : (
              <Money minor={worth_minor} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function SubsidiesPanel({ report }: { report: Liability }) {
  const { t } = useTranslation();
  const label = useLabel();
  const rows = [...report.subsidies].sort((a, b) => b.amount_minor - a.amount_minor);
  const total = rows.reduce((sum, { amount_minor }) => sum + amount_minor, 0);
  return (
    <Panel
      title={t("liability.subsidies.title")}
      definition={t("liability.subsidies.definition")}
      className={styles.half}
    >
      {rows.length === 0 && <p className="muted">{t("liability.subsidies.none")}</p>}
      <ul className={styles.list}>
        {rows.map(({ funder, party, stage, amount_minor }) => (
          <li key={`${funder}-${party}-${stage}`} className="spread">
            <span>
              {party || label("funder", funder)}
              <small>
                {party && `${label("funder", funder)} · `}
                {label("stage", stage)}
              </small>
            </span>
            <Money minor={amount_minor} />
          </li>
        ))}
        {rows.length > 1 && (
          <li className={`spread ${styles.total}`}>
            <span>{t("liability.subsidies.total")}</span>
            <Money minor={total} />
          </li>
        )}
      </ul>
    </Panel>
  );
}
