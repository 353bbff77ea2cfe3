import { useTranslation } from "react-i18next";
import type { Order, Quote } from "../../api/types";
import { useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { summed } from "./reasons";
import styles from "./Sums.module.css";
import type { Till } from "./useTill";

/** What the basket costs, and why it costs less than the shelf says. */
export function Sums({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProblemWords();
  const { quote, fresh } = till;
  const { held, step } = till.basket;
  if (step === "done") return null;
  if (held) return <HeldSums order={held} />;
  if (till.quoteError) {
    return (
      <section className={styles.sums} role="alert">
        <strong className={styles.fault}>{words(till.quoteError).title}</strong>
        <p>{words(till.quoteError).detail}</p>
      </section>
    );
  }
  return (
    <section className={styles.sums} data-stale={(quote && !fresh) || undefined} aria-live="polite">
      <Row name={t("cashier.sum.gross")} amount={quote?.gross_minor ?? 0} />
      {quote &&
        reasonsOf(quote).map(({ key, reason, amount_minor }) => (
          <div className={styles.reason} key={key}>
            <span>{format.text(reason)}</span>
            <span className="num">−{format.money(amount_minor)}</span>
          </div>
        ))}
      {quote && quote.tax_added_minor > 0 && (
        <Row name={t("cashier.sum.tax")} amount={quote.tax_added_minor} sign="+" />
      )}
      {quote && quote.stored_value.used_minor > 0 && (
        <Row name={t(storedName(till))} amount={quote.stored_value.used_minor} sign="−" />
      )}
      <Total amount={quote?.payable_minor ?? 0} />
      {quote && quote.points.to_earn > 0 && (
        <p className={styles.earn}>
          {t("cashier.points.earn", { points: format.number(quote.points.to_earn) })}
        </p>
      )}
      {quote && fresh && <Hints quote={quote} />}
    </section>
  );
}

/** Stored value is hers, or on the cards that were shown, or both. */
function storedName({ basket }: Till) {
  if (basket.cards.length === 0) return "cashier.stored.name";
  return basket.useStored ? "cashier.stored.andCards" : "cashier.stored.cards";
}

/** An order that was put aside is settled: only its money is missing. */
function HeldSums({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <section className={styles.sums}>
      <Row name={t("cashier.sum.gross")} amount={order.gross_minor} />
      {order.discount_minor > 0 && (
        <Row name={t("cashier.sum.discount")} amount={order.discount_minor} sign="−" />
      )}
      {order.tax_added_minor > 0 && (
        <Row name={t("cashier.sum.tax")} amount={order.tax_added_minor} sign="+" />
      )}
      {order.stored_minor > 0 && <Row name={t("cashier.stored.name")} amount={order.stored_minor} sign="−" />}
      <Total amount={order.due_minor} />
    </section>
  );
}

function Row({ name, amount, sign = "" }: { name: string; amount: number; sign?: string }) {
  const format = useFormat();
  return (
    <div className={styles.row}>
      <span>{name}</span>
      <span className="num">
        {sign}
        {format.money(amount)}
      </span>
    </div>
  );
}

function Total({ amount }: { amount: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.total}>
      <span>{t("cashier.sum.payable")}</span>
      <b className="num" data-testid="payable">
        {format.money(amount)}
      </b>
    </div>
  );
}

const HINTS = 3;

/** What a little more would bring: gifts that may be added, and offers that are nearly reached. */
function Hints({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const format = useFormat();
  const near = quote.missed.filter(({ why, missing }) => missing > 0 || why === "join").slice(0, HINTS);
  if (near.length === 0 && quote.gifts.length === 0) return null;
  return (
    <ul className={styles.hints}>
      {quote.gifts.map(({ rule, name, quantity }) => (
        <li key={rule}>{t("trial.gift", { name: format.text(name), quantity: format.number(quantity) })}</li>
      ))}
      {near.map(({ rule, coupon_id, reason }) => (
        <li key={`${rule} ${coupon_id}`}>{format.text(reason)}</li>
      ))}
    </ul>
  );
}

const reasonsOf = (quote: Quote) => {
  const all = quote.lines.flatMap((line) => line.adjustments);
  return summed(all.length > 0 ? all : quote.adjustments);
};
