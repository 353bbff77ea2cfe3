import { theme } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Segment, type Snapshot, useSnapshots } from "../../api/segments";
import type { ChartOption } from "../../parts/Chart";
import { LazyChart } from "../../parts/LazyChart";
import { Panel } from "../../parts/Panel";
import { Bar } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { FRAME, pointOf, tooltipRows, useChartTheme } from "../../parts/useChartTheme";
import { useFormat } from "../../parts/useFormat";

const SHOWN = 90;
const HEIGHT = 220;

interface Props {
  segment: Segment;
  /** One of the looks was picked. */
  onPick: (snapshot: Snapshot) => void;
}

/** How many were in it after each look, and how many came and went. */
export function HistoryPanel({ segment, onPick }: Props) {
  const { t } = useTranslation();
  const query = useSnapshots(segment.id, { limit: SHOWN, cursor: undefined });
  const option = useOption(query.data?.items);
  const rows = query.data?.items ?? [];
  const count = rows.length;
  const pick = (index: number) => {
    const snapshot = rows[count - 1 - index];
    if (snapshot) onPick(snapshot);
  };
  return (
    <Panel title={t("segments.history")} definition={t("segments.historyHint")}>
      {query.error && !query.data ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !option ? (
        <Bar height={HEIGHT} />
      ) : count === 0 ? (
        <EmptyState title={t("segments.notLooked")} hint={t("segments.notLookedHint")} />
      ) : (
        <>
          <LazyChart option={option} height={HEIGHT} label={t("segments.history")} onPick={pick} />
          {count < 3 && <span className="muted small">{t("segments.historyFew")}</span>}
        </>
      )}
    </Panel>
  );
}

function useOption(items: readonly Snapshot[] | undefined): ChartOption | null {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useChartTheme();
  const { token } = theme.useToken();
  return useMemo(() => {
    if (!items) return null;
    const rows = [...items].reverse();
    const axis = { ...colours.value.axisLabel, formatter: (value: number) => format.short(Math.abs(value)) };
    return {
      ...FRAME,
      tooltip: {
        ...colours.tooltip,
        formatter: (points) => {
          const row = rows[pointOf(points)];
          if (!row) return "";
          return tooltipRows(format.dateTime(row.at), [
            [t("segments.column.size"), format.number(row.size)],
            [t("segments.entered"), `+${format.number(row.entered)}`],
            [t("segments.left"), `−${format.number(row.left)}`],
          ]);
        },
      },
      xAxis: {
        type: "category",
        data: rows.map(({ as_of }) => format.dayShort(as_of)),
        ...colours.category,
      },
      yAxis: { type: "value", minInterval: 1, ...colours.value, axisLabel: axis },
      series: [
        {
          type: "bar",
          stack: "moves",
          data: rows.map(({ entered }) => entered),
          barMaxWidth: 18,
          itemStyle: { color: token.colorSuccess, opacity: 0.5 },
        },
        {
          type: "bar",
          stack: "moves",
          data: rows.map(({ left }) => -left),
          barMaxWidth: 18,
          itemStyle: { color: token.colorError, opacity: 0.5 },
        },
        {
          type: "line",
          data: rows.map(({ size }) => size),
          showSymbol: rows.length < 12,
          symbolSize: 6,
          lineStyle: { color: colours.main, width: 2.2 },
          itemStyle: { color: colours.main },
          areaStyle: { color: colours.fill },
        },
      ],
    };
  }, [items, t, format, colours, token]);
}
