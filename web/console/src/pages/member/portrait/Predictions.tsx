import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Portrait } from "../../../api/traits";
import { Panel } from "../../../parts/Panel";
import { useFormat } from "../../../parts/useFormat";
import styles from "./portrait.module.css";

/** What is to be expected of her, and why. */
export function Predictions({ portrait }: { portrait: Portrait }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { next_day, next_from, next_upto, overdue_days, expected_milli } = portrait;
  const span =
    next_from && next_upto ? `${format.dayShort(next_from)} – ${format.dayShort(next_upto)}` : undefined;
  const overdue = overdue_days > 0 && (
    <Tag variant="filled" color="warning">
      {t("portrait.overdue", { count: overdue_days })}
    </Tag>
  );
  const when = (span || overdue) && (
    <>
      {span && <span className="muted small num">{span}</span>}
      {overdue}
    </>
  );
  const rows = [
    ["next_day", next_day && format.day(next_day), when],
    ["alive_bps", portrait.alive_bps === null ? null : format.percent(portrait.alive_bps), undefined],
    [
      "expected_milli",
      expected_milli === null
        ? null
        : expected_milli > 0 && expected_milli < 500
          ? t("portrait.hardly")
          : t("portrait.times", { count: Math.round(expected_milli / 1000) }),
      undefined,
    ],
    ["worth_minor", portrait.worth_minor === null ? null : format.money(portrait.worth_minor), undefined],
    ["clv_minor", portrait.clv_minor === null ? null : format.money(portrait.clv_minor), undefined],
  ] as const;
  return (
    <Panel title={t("portrait.predictions")}>
      <ul className={styles.states}>
        {rows.map(([name, figure, more]) => (
          <li key={name}>
            <span className="muted small">{t(`portrait.${name}`)}</span>
            <span className={styles.state}>
              <strong className="num">{figure ?? t("portrait.unknown")}</strong>
              {more}
            </span>
            {portrait.why[name] && <span className={styles.why}>{format.text(portrait.why[name])}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
