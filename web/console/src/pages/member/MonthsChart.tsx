import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Insight } from "../../api/types";
import type { ChartOption } from "../../parts/Chart";
import { LazyChart } from "../../parts/LazyChart";
import { FRAME, pointOf, tooltipRows, useChartTheme } from "../../parts/useChartTheme";
import { useFormat } from "../../parts/useFormat";

export function MonthsChart({ months }: { months: Insight["months"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useChartTheme();
  const option = useMemo<ChartOption>(
    () => ({
      ...FRAME,
      grid: { ...FRAME.grid, right: 4, top: 10 },
      tooltip: {
        ...colours.tooltip,
        axisPointer: { type: "shadow", ...colours.tooltip.axisPointer },
        formatter: (points) => {
          const row = months[pointOf(points)];
          if (!row) return "";
          return tooltipRows(format.month(row.month), [
            [t("member.spent"), format.money(row.net_minor)],
            [t("member.months.orders"), format.number(row.orders)],
          ]);
        },
      },
      xAxis: { type: "category", data: months.map(({ month }) => format.month(month)), ...colours.category },
      yAxis: {
        type: "value",
        ...colours.value,
        axisLabel: {
          ...colours.value.axisLabel,
          formatter: (value: number) => format.money(value, { short: true }),
        },
      },
      series: [
        {
          type: "bar",
          data: months.map(({ net_minor }) => net_minor),
          barMaxWidth: 26,
          itemStyle: { color: colours.main, borderRadius: [3, 3, 0, 0] },
        },
      ],
    }),
    [months, t, format, colours],
  );
  return <LazyChart option={option} height={210} label={t("member.months.title")} />;
}
