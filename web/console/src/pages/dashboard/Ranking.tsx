import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Delta } from "../../parts/Delta";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./Ranking.module.css";

export interface RankRow {
  id: string;
  name: string;
  note: string;
  net_minor: number;
  previous_net_minor: number;
}

interface Props {
  title: string;
  definition: string;
  query: Pick<UseQueryResult, "isError" | "error" | "refetch">;
  rows: RankRow[] | undefined;
  onPick?: (id: string) => void;
  pickHint?: string;
}

/** Who brings in how much: bars to compare at a glance, figures to read. */
export function Ranking({ title, definition, query, rows, onPick, pickHint }: Props) {
  return (
    <Panel title={title} definition={definition}>
      {query.isError && !rows ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !rows ? (
        <BlockSkeleton lines={8} />
      ) : rows.length === 0 ? (
        <EmptyState />
      ) : (
        <ol className={styles.list}>
          {rows.map((row) => (
            <li key={row.id}>
              {onPick ? (
                <button type="button" className={styles.row} title={pickHint} onClick={() => onPick(row.id)}>
                  <Row row={row} top={rows[0]?.net_minor ?? 1} />
                </button>
              ) : (
                <div className={styles.row}>
                  <Row row={row} top={rows[0]?.net_minor ?? 1} />
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Row({ row, top }: { row: RankRow; top: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <span className={styles.name}>{row.name}</span>
      <span className={styles.note}>{row.note}</span>
      <span className={`num ${styles.amount}`}>{format.money(row.net_minor)}</span>
      <span className={styles.delta}>
        <Delta
          now={row.net_minor}
          before={row.previous_net_minor}
          was={t("dashboard.was", { value: format.money(row.previous_net_minor) })}
        />
      </span>
      <span
        className={styles.bar}
        style={{ width: `${Math.max(0, (row.net_minor / Math.max(top, 1)) * 100)}%` }}
      />
    </>
  );
}
