import { useTranslation } from "react-i18next";
import { usePareto, usePredictions, useRfm } from "../../api/traits";
import { NightPage } from "../../parts/NightPage";
import { ClvPanel } from "./ClvPanel";
import { ParetoPanel } from "./ParetoPanel";
import { RfmPanel } from "./RfmPanel";
import styles from "./value.module.css";

/** What members are worth: RFM, the 80/20 curve, and what is to be expected of them. */
export default function ValuePage() {
  const { t } = useTranslation();
  const rfm = useRfm();
  const pareto = usePareto();
  const predictions = usePredictions();
  return (
    <NightPage title={t("value.title")} hint={t("value.hint")} query={rfm}>
      {(grid) => (
        <div className={styles.page}>
          <RfmPanel grid={grid} />
          <ParetoPanel query={pareto} />
          <ClvPanel query={predictions} />
        </div>
      )}
    </NightPage>
  );
}
