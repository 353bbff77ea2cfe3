import { Segmented } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Spread, usePredictions } from "../../api/traits";
import type { ChartOption } from "../../parts/Chart";
import { LazyChart } from "../../parts/LazyChart";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { FRAME, pointOf, tooltipRows, useChartTheme } from "../../parts/useChartTheme";
import { useFormat } from "../../parts/useFormat";
import { Defined } from "./Defined";
import styles from "./value.module.css";

const SPREADS = ["clv_minor", "expected_milli", "alive_bps"] as const;

type Name = (typeof SPREADS)[number];

const HEIGHT = 200;

/** What is explained with each. */
const TOLD: Record<Name, readonly string[]> = {
  clv_minor: ["clv", "worth"],
  expected_milli: ["expected"],
  alive_bps: ["alive"],
};

/** What is to be expected of members, and how that is spread over them. */
export function ClvPanel({ query }: { query: ReturnType<typeof usePredictions> }) {
  const { t } = useTranslation();
  const [name, setName] = useState<Name>("clv_minor");
  const found = query.data;
  const spread = found?.[name];
  const say = useSaying(name);
  const option = useOption(spread, name);
  return (
    <Panel
      title={t("value.ahead.title")}
      extra={
        <Segmented<Name>
          size="small"
          value={name}
          options={SPREADS.map((value) => ({ value, label: t(`value.ahead.${value}`) }))}
          onChange={setName}
        />
      }
    >
      {query.error && !found ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !found || !spread || !option ? (
        <BlockSkeleton lines={7} />
      ) : spread.members === 0 ? (
        <EmptyState title={t("value.ahead.none")} hint={t("value.ahead.noneHint")} />
      ) : (
        <>
          <dl className={styles.figures}>
            <div>
              <dt>{t("value.ahead.median")}</dt>
              <dd className="num">{spread.median === null ? "—" : say(spread.median)}</dd>
            </div>
            {name !== "alive_bps" && (
              <div>
                <dt>{t("value.ahead.total")}</dt>
                <dd className="num">{say(spread.total, true)}</dd>
              </div>
            )}
          </dl>
          <LazyChart option={option} height={HEIGHT} label={t(`value.ahead.${name}`)} />
          <Defined definitions={found.definitions} of={TOLD[name]} />
        </>
      )}
    </Panel>
  );
}

function useSaying(name: Name) {
  const format = useFormat();
  return useCallback(
    (value: number, whole = false): string => {
      if (name === "clv_minor") return format.money(value, whole ? { whole } : {});
      if (name === "alive_bps") return format.percent(value);
      return format.number(Math.round(value / (whole ? 1_000 : 10)) / (whole ? 1 : 100));
    },
    [name, format],
  );
}

function useOption(spread: Spread | undefined, name: Name): ChartOption | null {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useChartTheme();
  const say = useSaying(name);
  return useMemo(() => {
    if (!spread) return null;
    const range = ({ low, high }: Spread["buckets"][number]) =>
      high === null ? `≥ ${say(low)}` : `${say(low)} – ${say(high)}`;
    const short = (value: number) =>
      name === "clv_minor" ? format.money(value, { whole: true }) : say(value);
    return {
      ...FRAME,
      tooltip: {
        ...colours.tooltip,
        formatter: (points) => {
          const row = spread.buckets[pointOf(points)];
          return row ? tooltipRows(range(row), [[t("value.rfm.members"), format.number(row.members)]]) : "";
        },
      },
      xAxis: { type: "category", data: spread.buckets.map(({ low }) => short(low)), ...colours.category },
      yAxis: {
        type: "value",
        ...colours.value,
        axisLabel: { ...colours.value.axisLabel, formatter: (value: number) => format.short(value) },
      },
      series: [
        {
          type: "bar",
          data: spread.buckets.map(({ members }) => members),
          barCategoryGap: "12%",
          itemStyle: { color: colours.main },
        },
      ],
    };
  }, [spread, name, t, format, colours, say]);
}
