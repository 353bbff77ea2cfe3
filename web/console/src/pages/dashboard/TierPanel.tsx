import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReportQuery } from "../../api/reports";
import type { TierSales } from "../../api/types";
import { useCan } from "../../app/session";
import { Delta } from "../../parts/Delta";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";
import styles from "./TierPanel.module.css";

interface Props {
  query: UseQueryResult<{ items: TierSales[] }>;
  definition: string;
  period: ReportQuery;
}

/** What each tier brings in; a click opens the members of the tier who bought in the period. */
export function TierPanel({ query, definition, period }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const rows = query.data?.items;
  const total = rows?.reduce((sum, { net_minor }) => sum + net_minor, 0) ?? 0;
  return (
    <Panel title={t("dashboard.tiers.title")} definition={definition}>
      {query.isError && !rows ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !rows ? (
        <BlockSkeleton lines={9} />
      ) : (
        <>
          <div className={styles.stack} aria-hidden="true">
            {rows.map((row) => (
              <span
                key={row.tier?.id ?? "guest"}
                data-rank={row.tier?.rank ?? "guest"}
                style={{ flexGrow: Math.max(0, row.net_minor) }}
              />
            ))}
          </div>
          <ul className={styles.list}>
            {rows.map((row) => (
              <li key={row.tier?.id ?? "guest"}>
                {row.tier && can("members.read") ? (
                  <Link
                    className={styles.row}
                    to={`/members?tier_id=${row.tier.id}&last_order_from=${period.from}&last_order_to=${period.to}`}
                  >
                    <Row row={row} total={total} />
                  </Link>
                ) : (
                  <div className={styles.row}>
                    <Row row={row} total={total} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function Row({ row, total }: { row: TierSales; total: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = total > 0 ? Math.round((row.net_minor / total) * 10_000) : 0;
  return (
    <>
      <span>
        {row.tier ? (
          <TierBadge tier={row.tier} />
        ) : (
          <span className="muted">{t("dashboard.tiers.guest")}</span>
        )}
      </span>
      <span className={`num ${styles.amount}`}>{format.money(row.net_minor, { whole: true })}</span>
      <span className={styles.share}>
        {row.tier
          ? t("dashboard.tiers.active", {
              active: format.number(row.members_active),
              total: format.number(row.members_total),
            })
          : " "}
      </span>
      <span className={styles.share}>
        {format.percent(share)} <Delta now={row.net_minor} before={row.previous_net_minor} />
      </span>
    </>
  );
}
