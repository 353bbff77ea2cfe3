import { Alert, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BreakageCohort, Liability, LotAsset } from "../../api/liability";
import { Definition, Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./liability.module.css";
import { useAmount } from "./useAmount";

/** What became of each month's issue, and what the past lets one expect. */
export function Breakage({ report }: { report: Liability }) {
  const { t } = useTranslation();
  const label = useLabel();
  const assets = [...new Set(report.breakage.map(({ asset }) => asset))];
  const [chosen, choose] = useState<LotAsset>("points");
  const asset = assets.includes(chosen) ? chosen : assets[0];
  const cohorts = report.breakage.filter((cohort) => cohort.asset === asset);
  return (
    <Panel
      flush
      className={styles.two}
      title={t("liability.breakage.title")}
      definition={t("liability.breakage.definition")}
      extra={
        assets.length > 1 && (
          <Segmented
            size="small"
            value={asset ?? chosen}
            onChange={choose}
            options={assets.map((value) => ({ value, label: label("asset", value) }))}
          />
        )
      }
    >
      {asset ? (
        <>
          <Expected report={report} cohorts={cohorts} asset={asset} />
          <Cohorts cohorts={cohorts} />
        </>
      ) : (
        <p className={`muted ${styles.inset}`}>{t("liability.breakage.none")}</p>
      )}
    </Panel>
  );
}

/** Months that have run out say how much lapses in the end; without one, nothing is made up. */
function Expected({
  report,
  cohorts,
  asset,
}: {
  report: Liability;
  cohorts: readonly BreakageCohort[];
  asset: LotAsset;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountOf = useAmount();
  const over = cohorts.filter(({ outstanding, issued }) => outstanding === 0 && issued > 0);
  const total = report.outstanding.find((each) => each.asset === asset)?.total ?? 0;
  const issued = over.reduce((sum, cohort) => sum + cohort.issued, 0);
  const expired = over.reduce((sum, cohort) => sum + cohort.expired, 0);
  const known = issued > 0;
  const amount = known ? amountOf(asset, Math.round((total * expired) / issued)) : "";
  const rate = known ? format.percent(Math.round((expired * 10_000) / issued)) : "";
  return (
    <div className={styles.inset}>
      {known ? (
        <Alert
          type="info"
          title={t("liability.breakage.expected", { amount })}
          description={t("liability.breakage.expectedHint", { rate })}
        />
      ) : (
        <p className="muted small">{t("liability.breakage.unknown")}</p>
      )}
    </div>
  );
}

function Cohorts({ cohorts }: { cohorts: readonly BreakageCohort[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountOf = useAmount();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t("liability.breakage.month")}</th>
            <th>{t("liability.breakage.issued")}</th>
            <th>{t("liability.breakage.used")}</th>
            <th>{t("liability.breakage.expired")}</th>
            <th>{t("liability.breakage.outstanding")}</th>
            <th>
              {t("liability.breakage.rate")}
              <Definition text={t("liability.breakage.rateDefinition")} />
            </th>
          </tr>
        </thead>
        <tbody>
          {[...cohorts].reverse().map((cohort) => (
            <tr key={cohort.month}>
              <th scope="row">
                {format.month(cohort.month)}
                <Bar cohort={cohort} />
              </th>
              <td data-end>{amountOf(cohort.asset, cohort.issued)}</td>
              <td>{amountOf(cohort.asset, cohort.used)}</td>
              <td>{amountOf(cohort.asset, cohort.expired)}</td>
              <td>{amountOf(cohort.asset, cohort.outstanding)}</td>
              <td>{cohort.expired > 0 ? format.percent(cohort.breakage_bps) : "—"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Bar({ cohort }: { cohort: BreakageCohort }) {
  return (
    <span className={styles.split} aria-hidden="true">
      {(["used", "expired", "outstanding"] as const).map(
        (part) => cohort[part] > 0 && <i key={part} data-part={part} style={{ flexGrow: cohort[part] }} />,
      )}
    </span>
  );
}
