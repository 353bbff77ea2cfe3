import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAcceptAbove, useAcceptPreview } from "../../../api/likeness";
import { ActionDialog } from "../../../parts/ActionDialog";
import { PercentInput } from "../../../parts/PercentInput";
import { BlockSkeleton } from "../../../parts/skeletons";
import { useFormat } from "../../../parts/useFormat";
import { useSettled } from "../../../parts/useSettled";
import styles from "../identity.module.css";
import { nameOf, probability } from "../names";

const USUAL_BPS = 9_900;
const PAUSE_MS = 300;

/** Makes one of each two who are probable enough, after it is seen how many that are and who is least so. */
export function AcceptAboveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const [threshold, setThreshold] = useState<number | null>(USUAL_BPS);
  const settled = useSettled(threshold, PAUSE_MS);
  const preview = useAcceptPreview(settled === null ? null : { threshold_bps: settled });
  const accept = useAcceptAbove();
  const found = settled === threshold ? preview.data : undefined;
  const submit = () =>
    threshold !== null &&
    accept.mutate(
      { threshold_bps: threshold },
      {
        onSuccess: () => {
          message.success(t("likeness.accepting"));
          onClose();
        },
      },
    );
  return (
    <ActionDialog
      title={t("likeness.acceptMany")}
      submit={t("likeness.acceptNow", { shown: format.number(found?.pairs ?? 0) })}
      ready={found !== undefined && found.pairs > 0}
      busy={accept.isPending}
      error={accept.error ?? preview.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="cluster">
        {t("likeness.atLeast")}
        <PercentInput
          value={threshold}
          onChange={setThreshold}
          width={96}
          placeholder={t("likeness.atLeast")}
        />
      </p>
      {found ? (
        <>
          <p>
            {t("likeness.wouldAccept", {
              pairs: format.number(found.pairs),
              members: format.number(found.members),
            })}
          </p>
          {found.examples.length > 0 && (
            <>
              <p className="small muted">{t("likeness.leastProbable")}</p>
              <ul className={styles.weights}>
                {found.examples.map(({ id, a, b, probability_bps }) => (
                  <li key={id} className="spread" style={{ display: "flex" }}>
                    <span>
                      {nameOf(a)} <span className="muted">·</span> {nameOf(b)}
                    </span>
                    <span className="num">{probability(probability_bps ?? 0, format.percent)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ) : (
        threshold !== null && !preview.error && <BlockSkeleton lines={3} />
      )}
      <p className="small muted">{t("likeness.acceptHint")}</p>
    </ActionDialog>
  );
}
