import { LoadingOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Order } from "../../api/types";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { TENDERS } from "./basket";
import styles from "./PayPanel.module.css";
import type { Till } from "./useTill";

export function PayPanel({ till }: { till: Till }) {
  const { basket, payment } = till;
  if (basket.step === "done") return null;
  if (till.code.waiting) return <Asking till={till} payment={till.code.waiting} />;
  if (payment.unsure) return <Unsure till={till} />;
  if (payment.attempt > 0) return <Sending till={till} />;
  if (basket.step !== "pay") return <Start till={till} />;
  return <Paying till={till} />;
}

function Unsure({ till }: { till: Till }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={t("cashier.pay.unsure")}
        description={t("cashier.pay.unsureHint")}
        role="alert"
      />
      <Button type="primary" size="large" block tabIndex={-1} onClick={() => till.payment.again()}>
        {t("cashier.pay.again")} <kbd>Enter</kbd>
      </Button>
    </>
  );
}

/** The customer has to agree on the phone, or to scan. */
function Asking({ till, payment }: { till: Till; payment: Order["payments"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = payment.method === "native";
  return (
    <section className={styles.pay} aria-live="polite">
      <Alert
        type="info"
        icon={<LoadingOutlined />}
        showIcon
        title={t(shown ? "cashier.code.waitingScan" : "cashier.code.waiting", {
          amount: format.money(payment.amount_minor),
        })}
        description={t(shown ? "cashier.code.waitingScanHint" : "cashier.code.waitingHint")}
      />
      <Button block tabIndex={-1} onClick={till.code.stop}>
        {t(shown ? "cashier.code.otherwise" : "cashier.code.stop")} <kbd>Esc</kbd>
      </Button>
      <Button block danger tabIndex={-1} onClick={till.code.cancel}>
        {t("cashier.held.cancel")} <kbd>Delete</kbd>
      </Button>
    </section>
  );
}

function Sending({ till }: { till: Till }) {
  const { t } = useTranslation();
  const { attempt } = till.payment;
  return (
    <Button type="primary" size="large" block loading>
      {attempt > 1 ? t("cashier.pay.retrying", { attempt }) : t("cashier.pay.confirming")}
    </Button>
  );
}

/** Before the payment: to it, or put the sale aside, or take one up again. */
function Start({ till }: { till: Till }) {
  const { t } = useTranslation();
  const { basket, quote, fresh } = till;
  const empty = basket.lines.length === 0;
  return (
    <div className={styles.start}>
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
      <div className={styles.beside}>
        {till.cards.may && (
          <Button tabIndex={-1} onClick={() => till.cards.open()}>
            {t("cashier.card.use")} <kbd>F7</kbd>
          </Button>
        )}
        <Button tabIndex={-1} disabled={!empty && !fresh} onClick={till.held.open}>
          {t(empty ? "cashier.held.takeUp" : "cashier.held.hold")} <kbd>F10</kbd>
        </Button>
      </div>
    </div>
  );
}

function Paying({ till }: { till: Till }) {
  const { t } = useTranslation();
  const { basket, fresh, money } = till;
  const { held, taken } = basket;
  return (
    <section className={styles.pay}>
      {money.due === 0 ? (
        <p className={styles.how}>{t("cashier.pay.nothing")}</p>
      ) : (
        <>
          <Taken till={till} />
          {money.left > 0 && (
            <>
              <div className={styles.how}>
                <span>{t(taken.length > 0 ? "cashier.pay.howRest" : "cashier.pay.how")}</span>
                <kbd>F8</kbd>
              </div>
              <Tenders till={till} />
              {(!money.shows || money.partly) && <Change till={till} />}
            </>
          )}
        </>
      )}
      <Button
        type="primary"
        size="large"
        block
        tabIndex={-1}
        disabled={!fresh && !held}
        className={styles.big ?? ""}
        onClick={() => till.submit(undefined)}
      >
        {t(money.shows ? "cashier.code.show" : money.partly ? "cashier.pay.takePart" : "cashier.pay.confirm")}{" "}
        <kbd>Enter</kbd>
      </Button>
      {money.shows && (
        <Button
          type="text"
          size="small"
          block
          tabIndex={-1}
          disabled={!fresh && !held}
          onClick={money.record}
        >
          {t("cashier.code.byHand")} <kbd>+</kbd>
        </Button>
      )}
      {held ? <HeldActions till={till} /> : <SaleActions till={till} />}
    </section>
  );
}

/** What has been taken so far, and what is left. */
function Taken({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { taken } = till.basket;
  if (taken.length === 0) return null;
  return (
    <dl className={styles.taken}>
      {taken.map(({ kind, amount_minor }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are only added and taken away at the end
        <div key={index}>
          <dt>{label("tender", kind)}</dt>
          <dd className="num">{format.money(amount_minor)}</dd>
        </div>
      ))}
      <div className={styles.left}>
        <dt>
          {t("cashier.pay.left")}
          <Button type="link" size="small" tabIndex={-1} onClick={till.money.untake}>
            {t("cashier.pay.untake")} <kbd>Delete</kbd>
          </Button>
        </dt>
        <dd className="num" data-testid="left">
          {format.money(Math.max(0, till.money.left))}
        </dd>
      </div>
    </dl>
  );
}

function SaleActions({ till }: { till: Till }) {
  const { t } = useTranslation();
  return (
    <div className={styles.beside}>
      {till.cards.may && (
        <Button tabIndex={-1} onClick={() => till.cards.open()}>
          {t("cashier.card.use")} <kbd>F7</kbd>
        </Button>
      )}
      <Button tabIndex={-1} onClick={till.back}>
        {t("cashier.pay.back")} <kbd>Esc</kbd>
      </Button>
    </div>
  );
}

function HeldActions({ till }: { till: Till }) {
  const { t } = useTranslation();
  return (
    <div className={styles.beside}>
      <Button tabIndex={-1} onClick={till.held.change}>
        {t("cashier.held.change")} <kbd>F10</kbd>
      </Button>
      <Button tabIndex={-1} onClick={till.held.putBack}>
        {t("cashier.held.putBack")} <kbd>Esc</kbd>
      </Button>
      <Button danger tabIndex={-1} onClick={till.held.cancel}>
        {t("cashier.held.cancel")} <kbd>Delete</kbd>
      </Button>
    </div>
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
          onClick={() => till.money.set(kind)}
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
  const { received, left } = till.money;
  const over = received === null ? 0 : received - left;
  return (
    <dl className={styles.change}>
      <dt>{t("cashier.pay.received")}</dt>
      <dd className="num">{received === null ? "—" : format.money(received)}</dd>
      {over < 0 ? (
        <>
          <dt>{t("cashier.pay.after")}</dt>
          <dd className="num">{format.money(-over)}</dd>
        </>
      ) : (
        till.basket.tender === "cash" && (
          <>
            <dt>{t("cashier.pay.change")}</dt>
            <dd className="num">{received === null ? "—" : format.money(over)}</dd>
          </>
        )
      )}
    </dl>
  );
}
