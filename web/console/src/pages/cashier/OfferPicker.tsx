import { CheckCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { lastMoment } from "../../parts/format";
import { EmptyState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./OfferPicker.module.css";
import { type OfferRow, PACKETS } from "./offers";
import type { Till } from "./useTill";

/** Her coupons and red packets on this basket: taken or left by key, with the reason where one does not apply. */
export function OfferPicker({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { offers } = till;
  const { own, member } = till.basket;
  if (offers.rows.length === 0) {
    return (
      <div className={styles.empty}>
        <EmptyState
          title={t(member ? "cashier.offers.empty" : "cashier.offers.memberFirst")}
          hint={t("cashier.offers.emptyHint")}
        />
      </div>
    );
  }
  return (
    <section className={styles.picker} aria-label={t("cashier.offers.title")}>
      <header>
        <strong>{t("cashier.offers.title")}</strong>
        <span className={styles.verdict} data-own={own !== null || undefined}>
          {own === null
            ? t(till.quote?.proven === false ? "cashier.offers.goodFound" : "cashier.offers.bestFound")
            : offers.costs_minor > 0
              ? t("cashier.offers.costs", { amount: format.money(offers.costs_minor) })
              : t("cashier.offers.costsNothing")}
        </span>
        <span className={styles.space} />
        <Button size="small" tabIndex={-1} disabled={own === null} onClick={offers.best}>
          {t("cashier.offers.best")} <kbd>F3</kbd>
        </Button>
        <Button size="small" tabIndex={-1} onClick={offers.none}>
          {t("cashier.offers.none")} <kbd>Delete</kbd>
        </Button>
        <Button size="small" type="primary" tabIndex={-1} onClick={till.back}>
          {t("cashier.offers.done")} <kbd>Esc</kbd>
        </Button>
      </header>
      <ol aria-busy={!till.fresh}>
        {offers.rows.map((row, index) => (
          <Row
            key={row.key}
            row={row}
            picked={index === offers.picked}
            onToggle={() => offers.toggle(index)}
          />
        ))}
      </ol>
    </section>
  );
}

function Row({ row, picked, onToggle }: { row: OfferRow; picked: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (picked) item.current?.scrollIntoView({ block: "nearest" });
  }, [picked]);
  const name = row.key === PACKETS ? t("cashier.offers.packets") : format.text(row.name);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys and Enter work from the input
    <li ref={item} aria-current={picked} data-reach={row.reach} data-used={row.used} onClick={onToggle}>
      <span className={styles.mark}>{row.used && <CheckCircleFilled />}</span>
      <span className={styles.name}>
        {name}
        {row.reason && !(row.used && row.saves_minor > 0) && <small>{format.text(row.reason)}</small>}
      </span>
      <span className={`num ${styles.until}`}>
        {row.until && t("cashier.offers.until", { date: format.date(lastMoment(row.until)) })}
      </span>
      <span className={`num ${styles.saves}`}>
        {row.saves_minor > 0 && `−${format.money(row.saves_minor)}`}
      </span>
    </li>
  );
}
