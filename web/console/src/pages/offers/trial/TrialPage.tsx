import { useTranslation } from "react-i18next";
import { PageHeader } from "../../../parts/PageHeader";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { EmptyState, ErrorState } from "../../../parts/states";
import { Waterfall } from "../../../parts/Waterfall";
import { Applied } from "./Applied";
import { BasketForm } from "./BasketForm";
import { Outcome } from "./Outcome";
import styles from "./trial.module.css";
import { useTrial } from "./useTrial";

/** A basket settled as the till would, with every step, and what is not applied and why. */
export default function TrialPage() {
  const { t } = useTranslation();
  const { trial, change, quote, asked } = useTrial();
  return (
    <>
      <PageHeader title={t("trial.title")} hint={t("trial.hint")} />
      <div className={styles.columns}>
        <BasketForm
          trial={trial}
          onChange={change}
          priced={quote.isPlaceholderData ? undefined : quote.data}
        />
        <div className={styles.column} data-stale={quote.isPlaceholderData || undefined}>
          {!asked ? (
            <Panel>
              <EmptyState title={t("trial.empty")} hint={t("trial.emptyHint")} />
            </Panel>
          ) : quote.error ? (
            <Panel>
              <ErrorState error={quote.error} onRetry={() => quote.refetch()} />
            </Panel>
          ) : quote.data ? (
            <>
              <Outcome quote={quote.data} />
              <Waterfall order={quote.data} />
              <Applied quote={quote.data} />
            </>
          ) : (
            <Panel>
              <BlockSkeleton lines={8} />
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}
