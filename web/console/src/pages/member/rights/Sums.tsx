import { useTranslation } from "react-i18next";
import { useFormat } from "../../../parts/useFormat";
import styles from "./rights.module.css";

interface Props {
  rows: readonly (readonly [string, string])[];
  /** What is to be paid, or goes back. */
  total?: readonly [string, number];
}

/** What something costs and why, before it is done. */
export function Sums({ rows, total }: Props) {
  const format = useFormat();
  return (
    <dl className={styles.sums}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
      {total && (
        <div className={styles.total}>
          <dt>{total[0]}</dt>
          <dd className="num">{format.money(total[1])}</dd>
        </div>
      )}
    </dl>
  );
}

/** The word for taking so much. */
export function useTakeWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return (due: number | undefined) =>
    due ? t("rights.plan.take", { amount: format.money(due) }) : t("rights.plan.free");
}
