import { useTranslation } from "react-i18next";
import { type Portrait, usePortrait } from "../../../api/traits";
import { useCan } from "../../../app/session";
import { Definition, Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { EmptyState, ErrorState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { NextAction } from "./NextAction";
import { Predictions } from "./Predictions";
import { Preferences } from "./Preferences";
import styles from "./portrait.module.css";
import { SegmentsOfMember } from "./SegmentsOfMember";
import { States } from "./States";

/** What is known of her by last night: where she stands, what is to be expected, what she likes, and why. */
export function PortraitTab({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const query = usePortrait(memberId);
  const found = query.data;
  if (query.error && !found) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  if (!found) return <BlockSkeleton lines={9} />;
  return (
    <div className={styles.page}>
      <NextAction action={found.next_action} />
      {found.portrait ? (
        <>
          <States portrait={found.portrait} />
          <Predictions portrait={found.portrait} />
          <Figures portrait={found.portrait} />
          <Preferences preferences={found.portrait.preferences} />
        </>
      ) : (
        <Panel className={styles.wide}>
          <EmptyState title={t("portrait.none")} hint={t("portrait.noneHint")} />
        </Panel>
      )}
      {can("segments.read") && <SegmentsOfMember key={memberId} memberId={memberId} />}
    </div>
  );
}

function Figures({ portrait }: { portrait: Portrait }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scores = [
    ["R", portrait.recency],
    ["F", portrait.frequency],
    ["M", portrait.monetary],
  ] as const;
  const days = (count: number | null) => (count === null ? "—" : t("portrait.days", { count }));
  return (
    <Panel
      title={t("portrait.buying")}
      extra={<span className="muted small">{t("portrait.asOf", { day: format.day(portrait.as_of) })}</span>}
    >
      <div className={styles.scores}>
        {scores.map(([letter, score]) => (
          <span key={letter} data-score={score ?? undefined}>
            <span className="muted small">{letter}</span>
            <strong className="num">{score ?? "—"}</strong>
          </span>
        ))}
      </div>
      <dl className={styles.figures}>
        <div>
          <dt>{t("portrait.bought")}</dt>
          <dd className="num">{days(portrait.days)}</dd>
        </div>
        <div>
          <dt>{t("portrait.net")}</dt>
          <dd className="num">{format.money(portrait.net_minor)}</dd>
        </div>
        <div>
          <dt>
            {t("portrait.rhythm")}
            {portrait.why.rhythm && <Definition text={format.text(portrait.why.rhythm)} />}
          </dt>
          <dd className="num">
            {portrait.rhythm === null ? "—" : t("portrait.every", { count: portrait.rhythm })}
          </dd>
        </div>
        <div>
          <dt>{t("portrait.silent")}</dt>
          <dd className="num">{days(portrait.since)}</dd>
        </div>
      </dl>
      {portrait.cluster_description && (
        <p className={styles.cluster}>
          <span className="muted small">{t("portrait.cluster")}</span>{" "}
          {format.text(portrait.cluster_description)}
        </p>
      )}
    </Panel>
  );
}
