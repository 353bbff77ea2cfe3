import { useTranslation } from "react-i18next";
import type { Quote } from "../../api/types";
import { useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./Sums.module.css";
import type { Till } from "./useTill";

/** What the basket costs, and why it costs less than the shelf says. */
export function Sums({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProblemWords();
  const { quote, fresh } = till;
  if (till.basket.step === "done") return null;
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
      <div className={styles.row}>
        <span>{t("cashier.sum.gross")}</span>
        <span className="num">{format.money(quote?.gross_minor ?? 0)}</span>
      </div>
      {quote &&
        reasonsOf(quote).map(({ key, reason, amount_minor }) => (
          <div className={styles.reason} key={key}>
            <span>{format.text(reason)}</span>
            <span className="num">−{format.money(amount_minor)}</span>
          </div>
        ))}
      {quote && quote.stored_value.used_minor > 0 && (
        <div className={styles.row}>
          <span>{t("cashier.stored.name")}</span>
          <span className="num">−{format.money(quote.stored_value.used_minor)}</span>
        </div>
      )}
      <div className={styles.total}>
        <span>{t("cashier.sum.payable")}</span>
        <b className="num" data-testid="payable">
          {format.money(quote?.payable_minor ?? 0)}
        </b>
      </div>
      {quote && quote.points.to_earn > 0 && (
        <p className={styles.earn}>
          {t("cashier.points.earn", { points: format.number(quote.points.to_earn) })}
        </p>
      )}
      {quote && fresh && <Hints quote={quote} />}
    </section>
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

/** Adjustments of all lines, added up by reason, in the order of the stages. */
function reasonsOf(quote: Quote) {
  const sums = new Map<
    string,
    { key: string; reason: Quote["adjustments"][number]["reason"]; amount_minor: number }
  >();
  const all = quote.lines.flatMap((line) => line.adjustments);
  for (const { stage, rule, reason, amount_minor } of all.length > 0 ? all : quote.adjustments) {
    const key = `${stage} ${rule}`;
    const sum = sums.get(key);
    sums.set(key, { key, reason, amount_minor: amount_minor + (sum?.amount_minor ?? 0) });
  }
  return [...sums.values()];
}
