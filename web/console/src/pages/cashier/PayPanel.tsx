import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { currencyDigits, parseMinor } from "../../parts/format";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { TENDERS } from "./basket";
import styles from "./PayPanel.module.css";
import type { Till } from "./useTill";

export function PayPanel({ till }: { till: Till }) {
  const { t } = useTranslation();
  const { basket, quote, fresh, payment } = till;
  if (basket.step === "done") return null;
  if (payment.unsure) {
    return (
      <>
        <Alert
          type="warning"
          showIcon
          title={t("cashier.pay.unsure")}
          description={t("cashier.pay.unsureHint")}
          role="alert"
        />
        <Button type="primary" size="large" block tabIndex={-1} onClick={() => payment.again()}>
          {t("cashier.pay.again")} <kbd>Enter</kbd>
        </Button>
      </>
    );
  }
  if (payment.attempt > 0) {
    return (
      <Button type="primary" size="large" block loading>
        {payment.attempt > 1
          ? t("cashier.pay.retrying", { attempt: payment.attempt })
          : t("cashier.pay.confirming")}
      </Button>
    );
  }
  if (basket.step !== "pay") {
    return (
      <Button
        type="primary"
        size="large"
        block
        tabIndex={-1}
        disabled={!quote}
        className={styles.big ?? ""}
        onClick={() => till.goTo("pay")}
      >
        {t("cashier.pay.start")} <kbd>F9</kbd>
      </Button>
    );
  }
  return (
    <section className={styles.pay}>
      {quote && quote.payable_minor === 0 ? (
        <p className={styles.how}>{t("cashier.pay.nothing")}</p>
      ) : (
        <>
          <div className={styles.how}>
            <span>{t("cashier.pay.how")}</span>
            <kbd>F8</kbd>
          </div>
          <Tenders till={till} />
          {basket.tender === "cash" && <Change till={till} />}
        </>
      )}
      <Button
        type="primary"
        size="large"
        block
        tabIndex={-1}
        disabled={!fresh}
        className={styles.big ?? ""}
        onClick={() => till.submit(undefined)}
      >
        {t("cashier.pay.confirm")} <kbd>Enter</kbd>
      </Button>
      <Button type="text" block tabIndex={-1} onClick={() => till.goTo("items")}>
        {t("cashier.pay.back")} <kbd>Esc</kbd>
      </Button>
    </section>
  );
}

function Tenders({ till }: { till: Till }) {
  const label = useLabel();
  return (
    <div className={styles.tenders} role="radiogroup">
      {TENDERS.map((kind) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio would take the focus from the input
        <button
          key={kind}
          type="button"
          role="radio"
          aria-checked={till.basket.tender === kind}
          tabIndex={-1}
          onClick={() => till.setTender(kind)}
        >
          {label("tender", kind)}
        </button>
      ))}
    </div>
  );
}

function Change({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const payable = till.quote?.payable_minor ?? 0;
  const received = till.text.trim() === "" ? payable : parseMinor(till.text, currencyDigits(format.currency));
  const change = received === null ? null : received - payable;
  return (
    <dl className={styles.change}>
      <dt>{t("cashier.pay.received")}</dt>
      <dd className="num">{received === null ? "—" : format.money(received)}</dd>
      <dt>{t("cashier.pay.change")}</dt>
      <dd className="num" data-short={(change !== null && change < 0) || undefined}>
        {change === null
          ? "—"
          : change < 0
            ? t("cashier.pay.short", { amount: format.money(-change) })
            : format.money(change)}
      </dd>
    </dl>
  );
}
