import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { useMemberInsight } from "../../api/members";
import type { Member } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";
import { Campaigns, Favourites } from "./Insights";
import { Lifetime } from "./Lifetime";
import { MonthsChart } from "./MonthsChart";
import styles from "./OverviewTab.module.css";
import { Profile } from "./Profile";

export function OverviewTab({ member }: { member: Member }) {
  const insight = useMemberInsight(member.id);
  const { t } = useTranslation();
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Lifetime member={member} />
        <Panel title={t("member.months.title")}>
          {insight.error ? (
            <ErrorState error={insight.error} onRetry={() => insight.refetch()} />
          ) : insight.data ? (
            <MonthsChart months={insight.data.months} />
          ) : (
            <BlockSkeleton lines={7} />
          )}
        </Panel>
        <div className={styles.pair}>
          <Favourites insight={insight.data} />
          <Campaigns insight={insight.data} />
        </div>
      </div>
      <div className={styles.column}>
        <TierProgress member={member} />
        <Profile member={member} />
      </div>
    </div>
  );
}

function TierProgress({ member }: { member: Member }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { progress } = member;
  return (
    <Panel
      title={t("member.progress.title")}
      extra={
        <span className="muted small num">
          {t("member.progress.window", {
            from: format.day(progress.window_from),
            to: format.day(progress.window_to),
          })}
        </span>
      }
    >
      <div className="spread">
        <TierBadge tier={progress.tier} />
        {progress.next_tier && <TierBadge tier={progress.next_tier} />}
      </div>
      <Progress
        percent={progress.percent_bps / 100}
        showInfo={false}
        aria-label={format.text(progress.sentence)}
      />
      <p className={styles.sentence}>{format.text(progress.sentence)}</p>
      <div className="spread small muted num">
        <span>
          {t("member.progress.growth")} {format.number(progress.growth)}
        </span>
        {progress.next_tier && progress.growth_to_next !== null ? (
          <span>
            {t("member.progress.toNext", {
              tier: format.text(progress.next_tier.name),
              growth: format.number(progress.growth_to_next),
            })}
          </span>
        ) : (
          <span>{t("member.progress.top")}</span>
        )}
      </div>
      {progress.keep && isNear(progress.keep.by, progress.window_to) && (
        <p className={styles.keep}>
          {t("member.progress.keep", {
            by: format.day(progress.keep.by),
            needed: format.number(progress.keep.needed),
          })}
        </p>
      )}
    </Panel>
  );
}

const NEAR_DAYS = 90;

/** A tier that cannot be lost before next season needs no reminder. */
function isNear(day: string, today: string): boolean {
  return Date.parse(day) - Date.parse(today) <= NEAR_DAYS * 86_400_000;
}
