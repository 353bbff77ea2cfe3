import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ParetoCurve, usePareto } from "../../api/traits";
import type { ChartOption } from "../../parts/Chart";
import { LazyChart } from "../../parts/LazyChart";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { FRAME, pointOf, tooltipRows, useChartTheme } from "../../parts/useChartTheme";
import { useFormat } from "../../parts/useFormat";
import { Defined } from "./Defined";
import styles from "./value.module.css";

const HEIGHT = 240;

/** How few members make how much of the sales. */
export function ParetoPanel({ query }: { query: ReturnType<typeof usePareto> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const curve = query.data;
  const option = useOption(curve);
  return (
    <Panel title={t("value.pareto.title")}>
      {query.error && !curve ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !curve || !option ? (
        <BlockSkeleton lines={7} />
      ) : curve.points.length === 0 ? (
        <EmptyState title={t("value.noSales")} />
      ) : (
        <>
          {curve.sentences.map((sentence, at) => (
            <p key={sentence.en} className={at === 0 ? styles.sentence : styles.second}>
              {format.text(sentence)}
            </p>
          ))}
          <LazyChart option={option} height={HEIGHT} label={t("value.pareto.title")} />
          <Defined definitions={curve.definitions} />
        </>
      )}
    </Panel>
  );
}

function useOption(curve: ParetoCurve | undefined): ChartOption | null {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useChartTheme();
  return useMemo(() => {
    if (!curve) return null;
    const rows = [
      { members_bps: 0, members: 0, net_minor: 0, sales_bps: 0 as number | null },
      ...curve.points,
    ];
    const percent = (value: number) => `${value}%`;
    return {
      ...FRAME,
      grid: { ...FRAME.grid, right: 12 },
      tooltip: {
        ...colours.tooltip,
        formatter: (points) => {
          const row = rows[pointOf(points)];
          if (!row) return "";
          return tooltipRows(t("value.pareto.best", { share: format.percent(row.members_bps) }), [
            [t("value.rfm.members"), format.number(row.members)],
            [t("value.rfm.sales"), format.money(row.net_minor, { whole: true })],
            [t("value.pareto.share"), row.sales_bps === null ? "—" : format.percent(row.sales_bps)],
          ]);
        },
      },
      xAxis: {
        type: "value",
        min: 0,
        max: 100,
        ...colours.value,
        splitLine: { show: false },
        axisLabel: { ...colours.value.axisLabel, formatter: percent },
      },
      yAxis: {
        type: "value",
        min: 0,
        max: 100,
        ...colours.value,
        axisLabel: { ...colours.value.axisLabel, formatter: percent },
      },
      series: [
        {
          type: "line",
          data: [
            [0, 0],
            [100, 100],
          ],
          showSymbol: false,
          silent: true,
          lineStyle: { color: colours.faint, width: 1.2, type: "dashed" },
        },
        {
          type: "line",
          data: rows.map((row) => [row.members_bps / 100, (row.sales_bps ?? 0) / 100]),
          showSymbol: false,
          lineStyle: { color: colours.main, width: 2.2 },
          itemStyle: { color: colours.main },
          areaStyle: { color: colours.fill },
        },
      ],
    };
  }, [curve, t, format, colours]);
}
