import { useTranslation } from "react-i18next";
import { PaymentCode } from "../../parts/PaymentCode";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./ShownCode.module.css";
import { TimeLeft } from "./TimeLeft";
import type { Till } from "./useTill";

/** The code that the customer scans, as large as she can see it from the other side of the counter. */
export function ShownCode({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { waiting, standing } = till.code;
  if (!waiting) return null;
  const link = standing?.handover.code_url ?? standing?.handover.qr_code;
  const wallet = label("tender", waiting.provider);
  return (
    <section className={styles.show} aria-label={t("cashier.code.shown")} aria-live="polite">
      <h1 className={styles.ask}>{t("cashier.code.scan", { wallet })}</h1>
      <p className={`num ${styles.amount}`}>{format.money(waiting.amount_minor)}</p>
      <PaymentCode link={link} size={264} className={styles.code} />
      <p className={styles.until}>
        {standing ? (
          <TimeLeft until={standing.expires_at} words="cashier.code.left" />
        ) : (
          t("cashier.code.asking")
        )}
      </p>
    </section>
  );
}
