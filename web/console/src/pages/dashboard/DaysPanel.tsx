import type { UseQueryResult } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { DayRow } from "../../api/types";
import { useCan } from "../../app/session";
import type { ChartOption } from "../../parts/Chart";
import { LazyChart } from "../../parts/LazyChart";
import { Panel } from "../../parts/Panel";
import { Bar } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { FRAME, tooltipRows, useChartTheme } from "../../parts/useChartTheme";
import { type Formats, useFormat } from "../../parts/useFormat";

type Measure = "net" | "orders";

interface Props {
  query: UseQueryResult<{ items: DayRow[] }>;
  definition: string;
}

const HEIGHT = 268;
const FEW = 3;
const MANY = 45;

/** Each day beside the same day of the period before; a click opens the day's orders. */
export function DaysPanel({ query, definition }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const [measure, setMeasure] = useState<Measure>("net");
  const rows = query.data?.items;
  const option = useDaysOption(rows, measure);
  const open = (index: number) => {
    const day = rows?.[index]?.day;
    if (day && can("orders.read")) navigate(`/orders?from=${day}&to=${day}`);
  };
  return (
    <Panel
      title={t("dashboard.days.title")}
      definition={definition}
      extra={
        <Segmented<Measure>
          size="small"
          value={measure}
          onChange={setMeasure}
          options={[
            { value: "net", label: t("dashboard.days.net") },
            { value: "orders", label: t("dashboard.days.orders") },
          ]}
        />
      }
    >
      {query.isError && !rows ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : option ? (
        <LazyChart option={option} height={HEIGHT} label={t("dashboard.days.title")} onPick={open} />
      ) : (
        <Bar height={HEIGHT} />
      )}
    </Panel>
  );
}

function useDaysOption(rows: DayRow[] | undefined, measure: Measure): ChartOption | null {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useChartTheme();
  return useMemo(() => {
    if (!rows) return null;
    const figure = (value: number) => (measure === "net" ? format.money(value) : format.number(value));
    const axis = (value: number) =>
      measure === "net" ? format.money(value, { short: true }) : format.short(value);
    return {
      ...FRAME,
      tooltip: {
        ...colours.tooltip,
        formatter: (points) =>
          tooltipOf(rows, points, format, figure, [t("dashboard.days.now"), t("dashboard.days.before")]),
      },
      xAxis: {
        type: "category",
        data: rows.map(({ day }) => format.dayShort(day)),
        boundaryGap: rows.length < FEW,
        ...colours.category,
      },
      yAxis: { type: "value", ...colours.value, axisLabel: { ...colours.value.axisLabel, formatter: axis } },
      series: seriesOf(
        rows.map((row) => (measure === "net" ? row.previous_net_minor : row.previous_orders)),
        rows.map((row) => (measure === "net" ? row.net_minor : row.orders)),
        colours,
      ),
    };
  }, [rows, measure, t, format, colours]);
}

/** Lines over many days; bars where there are too few for a line to say anything. */
function seriesOf(before: number[], now: number[], { faint, main, fill }: ReturnType<typeof useChartTheme>) {
  if (now.length < FEW) {
    return [
      { type: "bar" as const, data: before, barMaxWidth: 56, itemStyle: { color: faint } },
      { type: "bar" as const, data: now, barMaxWidth: 56, itemStyle: { color: main } },
    ];
  }
  const shared = { type: "line" as const, showSymbol: false };
  return [
    {
      ...shared,
      data: before,
      lineStyle: { color: faint, width: 1.2, type: "dashed" as const },
      itemStyle: { color: faint },
    },
    {
      ...shared,
      data: now,
      lineStyle: { color: main, width: now.length > MANY ? 1.5 : 2.2 },
      itemStyle: { color: main },
      areaStyle: { color: fill },
    },
  ];
}

function tooltipOf(
  rows: DayRow[],
  points: unknown,
  format: Formats,
  figure: (value: number) => string,
  [now, before]: [string, string],
): string {
  const list = points as { dataIndex: number; seriesIndex: number; value: number }[];
  const row = rows[list[0]?.dataIndex ?? -1];
  if (!row) return "";
  const value = (series: number) =>
    figure(list.find(({ seriesIndex }) => seriesIndex === series)?.value ?? 0);
  return tooltipRows(`${format.day(row.day)} ${format.weekday(row.day)}`, [
    [now, value(1)],
    [`${before} ${format.dayShort(row.previous_day)}`, value(0)],
  ]);
}
