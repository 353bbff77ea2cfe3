import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Segment, useLineage } from "../../api/segments";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import styles from "./segments.module.css";

/** What it is made of, and what is made of it. */
export function LineagePanel({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const query = useLineage(segment.id);
  const found = query.data;
  const named = (ids: readonly string[]) => found?.segments.filter(({ id }) => ids.includes(id)) ?? [];
  const uses = found?.uses ?? [];
  const sides = [
    ["of", named(uses.filter((use) => use.segment_id === segment.id).map((use) => use.used_id))],
    ["in", named(uses.filter((use) => use.used_id === segment.id).map((use) => use.segment_id))],
  ] as const;
  return (
    <Panel title={t("segments.lineage.title")} definition={t("segments.lineage.hint")}>
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !found ? (
        <BlockSkeleton lines={2} />
      ) : sides.every(([, rows]) => rows.length === 0) ? (
        <span className="muted">{t("segments.lineage.none")}</span>
      ) : (
        <dl className={styles.lineage}>
          {sides
            .filter(([, rows]) => rows.length > 0)
            .map(([side, rows]) => (
              <div key={side}>
                <dt>{t(`segments.lineage.${side}`)}</dt>
                {rows.map(({ id, name }) => (
                  <dd key={id}>
                    <Link to={`/segments/${id}`}>{name}</Link>
                  </dd>
                ))}
              </div>
            ))}
        </dl>
      )}
    </Panel>
  );
}
