import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./Delta.module.css";
import { changeBps } from "./format";
import { useFormat } from "./useFormat";

interface Props {
  now: number;
  before: number;
  /** What the figure was before, in words. */
  was?: string;
  /** For a figure that is itself a rate: say points of percent, not percent of percent. */
  rate?: boolean;
}

/** How a figure moved against the period before; says it in a sign and a word, not in colour alone. */
export function Delta({ now, before, was, rate }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = rate ? now - before : changeBps(now, before);
  if (now === 0 && before === 0) return null;
  if (change === null)
    return (
      <span className={styles.delta} data-way="none">
        {t("delta.new")}
      </span>
    );
  const way = change > 0 ? "up" : change < 0 ? "down" : "same";
  const amount = rate
    ? t("delta.points", { value: (Math.abs(change) / 100).toFixed(1) })
    : format.percent(Math.abs(change));
  return (
    <Tooltip title={was}>
      <span className={styles.delta} data-way={way}>
        <span aria-hidden="true">{way === "up" ? "▲" : way === "down" ? "▼" : "＝"}</span>
        <span className="visually-hidden">{t(`delta.${way}`)}</span>
        {amount}
      </span>
    </Tooltip>
  );
}
