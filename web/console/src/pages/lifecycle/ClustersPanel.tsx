import { useTranslation } from "react-i18next";
import type { Cluster, useClusters } from "../../api/traits";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { Defined } from "../value/Defined";
import styles from "./lifecycle.module.css";

/** Members who buy alike. */
export function ClustersPanel({ query }: { query: ReturnType<typeof useClusters> }) {
  const { t } = useTranslation();
  const found = query.data;
  return (
    <Panel className={styles.wide} title={t("lifecycle.clusters.title")}>
      {query.error && !found ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !found ? (
        <BlockSkeleton lines={5} />
      ) : found.clusters.length === 0 ? (
        <EmptyState title={t("lifecycle.clusters.none")} hint={t("lifecycle.clusters.noneHint")} />
      ) : (
        <>
          <div className={styles.clusters}>
            {found.clusters.map((cluster) => (
              <OneCluster key={cluster.number} cluster={cluster} />
            ))}
          </div>
          <Defined definitions={found.definitions} />
        </>
      )}
    </Panel>
  );
}

const FEATURES = 4;
/** Where a bar is full: so many thousandths of a standard deviation from everybody. */
const FULL = 2_000;

function OneCluster({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = (code: string, value: number) =>
    code.endsWith("_bps")
      ? format.percent(value)
      : code.endsWith("_minor")
        ? format.money(value, { whole: true })
        : format.number(value);
  return (
    <article className={styles.cluster}>
      <strong>{format.text(cluster.description)}</strong>
      <span className="muted small num">
        {t("lifecycle.clusters.figures", {
          members: format.number(cluster.members),
          sales: format.money(cluster.net_minor, { short: true }),
          worth: format.money(cluster.clv_minor, { short: true }),
        })}
      </span>
      <ul>
        {cluster.features.slice(0, FEATURES).map((feature) => (
          <li key={feature.code}>
            <span className="small">{format.text(feature.name)}</span>
            <span className={styles.apart} aria-hidden="true">
              <span
                data-way={feature.apart_milli < 0 ? "less" : "more"}
                style={{ width: `${Math.min(50, (50 * Math.abs(feature.apart_milli)) / FULL)}%` }}
              />
            </span>
            <span className="muted small num">
              {t("lifecycle.clusters.typical", {
                typical: say(feature.code, feature.typical),
                usual: say(feature.code, feature.usual),
              })}
            </span>
          </li>
        ))}
      </ul>
    </article>
  );
}
