import { useTranslation } from "react-i18next";
import { useClusters, useLifecycle, useLoyalty } from "../../api/traits";
import { NightPage } from "../../parts/NightPage";
import { ClustersPanel } from "./ClustersPanel";
import { FlowPanel } from "./FlowPanel";
import { LoyaltyPanel } from "./LoyaltyPanel";
import styles from "./lifecycle.module.css";
import { StandingsPanel } from "./StandingsPanel";

/** Where members stand by their own rhythm, how they moved, and what that asks for. */
export default function LifecyclePage() {
  const { t } = useTranslation();
  const states = useLifecycle();
  const loyalty = useLoyalty();
  const clusters = useClusters();
  return (
    <NightPage title={t("lifecycle.title")} hint={t("lifecycle.hint")} query={states}>
      {(found) => (
        <div className={styles.page}>
          <StandingsPanel
            trait="lifecycle"
            title={t("lifecycle.stages")}
            rows={found.stages}
            definitions={found.definitions}
          />
          <div className={styles.column}>
            <FlowPanel />
            <StandingsPanel trait="grade" title={t("lifecycle.grades")} rows={found.grades} />
          </div>
          <LoyaltyPanel query={loyalty} />
          <ClustersPanel query={clusters} />
        </div>
      )}
    </NightPage>
  );
}
