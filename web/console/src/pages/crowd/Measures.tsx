import { useTranslation } from "react-i18next";
import type { CrowdMeasure } from "../../api/crowds";
import { type Formats, useFormat } from "../../parts/useFormat";
import { Index } from "./Compared";
import styles from "./crowd.module.css";

function said(format: Formats, code: string, value: number | null): string {
  if (value === null) return "—";
  if (code.endsWith("_minor")) return format.money(value);
  if (code.endsWith("_bps")) return format.percent(value);
  return format.number(code.endsWith("_milli") ? Math.round(value / 10) / 100 : value);
}

/** Its name says thousandths; here it is shown in whole orders. */
const IN_THOUSANDTHS = "orders_per_buyer_milli";

/** What they are worth, beside what everybody is. */
export function Measures({ measures }: { measures: readonly CrowdMeasure[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={styles.measures}>
      {measures.map(({ code, name, here, everybody, index }) => (
        <div key={code}>
          <dt>{code === IN_THOUSANDTHS ? t("crowd.ordersPerBuyer") : format.text(name)}</dt>
          <dd>
            <strong className="num">{said(format, code, here)}</strong>
            <Index value={index} />
          </dd>
          <dd className="muted small num">
            {t("crowd.everybody")} {said(format, code, everybody)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
