import { Button } from "antd";
import { useTranslation } from "react-i18next";
import {
  useCalendar,
  useDays,
  useSummary,
  useTierSales,
  useTopCategories,
  useTopStores,
} from "../../api/reports";
import { PageHeader } from "../../parts/PageHeader";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./DashboardPage.module.css";
import { DaysPanel } from "./DaysPanel";
import { KpiCards } from "./KpiCards";
import { PeriodBar } from "./PeriodBar";
import { Ranking } from "./Ranking";
import { TierPanel } from "./TierPanel";
import { usePeriod } from "./usePeriod";

/** Is the shop doing well, and where does it come from? */
export default function DashboardPage() {
  const { t } = useTranslation();
  const calendar = useCalendar();
  if (calendar.isPending) return <PageHeader title={t("dashboard.title")} hint=" " />;
  return <Dashboard latest={calendar.data?.latest_day} />;
}

function Dashboard({ latest }: { latest: string | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const period = usePeriod(latest);
  const { query } = period;
  const summary = useSummary(query);
  const days = useDays(query);
  const stores = useTopStores(query);
  const categories = useTopCategories(query);
  const tiers = useTierSales(query);
  const definitions = summary.data?.definitions;
  const define = (name: string) => format.text(definitions?.[name]);
  const nothing = summary.data?.current.orders === 0 && summary.data.previous.orders === 0;
  const span =
    query.from === query.to ? format.day(query.from) : `${format.day(query.from)} – ${format.day(query.to)}`;
  const hint = summary.data
    ? `${span} · ${t("dashboard.compare", {
        from: format.day(summary.data.previous_from),
        to: format.day(summary.data.previous_to),
      })}${period.closing ? ` · ${t("dashboard.closing", { day: format.day(period.closing) })}` : ""}`
    : " ";
  return (
    <>
      <PageHeader title={t("dashboard.title")} hint={hint} />
      <PeriodBar {...period} />
      {summary.isError && !summary.data ? (
        <ErrorState error={summary.error} onRetry={() => summary.refetch()} />
      ) : nothing ? (
        <EmptyState
          title={t("dashboard.emptyTitle")}
          hint={t("dashboard.emptyHint")}
          action={
            period.preset !== "today" && (
              <Button onClick={() => period.pick("today")}>{t("dashboard.period.today")}</Button>
            )
          }
        />
      ) : (
        <div className={styles.grid} data-stale={summary.isPlaceholderData || undefined}>
          <KpiCards summary={summary.data} />
          <DaysPanel query={days} definition={define("net_minor")} />
          <TierPanel query={tiers} definition={define("net_minor")} period={query} />
          {!query.store_id && (
            <Ranking
              title={t("dashboard.stores.title")}
              definition={define("net_minor")}
              query={stores}
              rows={stores.data?.items.map((row) => ({
                id: row.store.id,
                name: row.store.name,
                note: t("dashboard.stores.orders", { count: row.orders }),
                net_minor: row.net_minor,
                previous_net_minor: row.previous_net_minor,
              }))}
              onPick={period.pickStore}
              pickHint={t("dashboard.stores.hint")}
            />
          )}
          <Ranking
            title={t("dashboard.categories.title")}
            definition={define("net_minor")}
            query={categories}
            rows={categories.data?.items.map((row) => ({
              id: row.category?.id ?? "none",
              name: row.category?.name ?? "—",
              note: t("dashboard.stores.orders", { count: row.orders }),
              net_minor: row.net_minor,
              previous_net_minor: row.previous_net_minor,
            }))}
          />
        </div>
      )}
    </>
  );
}
