import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CrowdCohort } from "../../api/crowds";
import { Panel } from "../../parts/Panel";
import { EmptyState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./crowd.module.css";

type Side = "here" | "everybody";

/** Of those who first bought in a month, who bought in each month from it on. */
export function Retention({ cohorts }: { cohorts: readonly CrowdCohort[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [side, setSide] = useState<Side>("here");
  const months = Math.max(0, ...cohorts.map((cohort) => cohort.here_bps.length));
  const ahead = Array.from({ length: months }, (_, at) => at);
  return (
    <Panel
      className={styles.wide}
      title={t("crowd.retention")}
      definition={t("crowd.retentionHint")}
      extra={
        <Segmented<Side>
          size="small"
          value={side}
          options={[
            { value: "here", label: t("crowd.here") },
            { value: "everybody", label: t("crowd.everybody") },
          ]}
          onChange={setSide}
        />
      }
    >
      {cohorts.length === 0 ? (
        <EmptyState title={t("crowd.noRetention")} />
      ) : (
        <div className={styles.scroll}>
          <table className={styles.cohorts}>
            <thead>
              <tr>
                <th scope="col">{t("crowd.firstBought")}</th>
                <th scope="col">{t("crowd.members")}</th>
                {ahead.map((month) => (
                  <th key={month} scope="col">
                    {month}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cohorts.map((cohort) => (
                <tr key={cohort.month}>
                  <th scope="row">{format.month(cohort.month.slice(0, 7))}</th>
                  <td className="num">{format.number(cohort[side])}</td>
                  {cohort[`${side}_bps`].map((share, month) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: the place is the month
                      key={month}
                      className={`num ${styles.heat}`}
                      style={{ "--heat": share / 10_000 } as React.CSSProperties}
                    >
                      {Math.round(share / 100)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
