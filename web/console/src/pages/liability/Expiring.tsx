import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LotAsset, OutstandingAsset } from "../../api/liability";
import type { ChartOption } from "../../parts/Chart";
import { LazyChart } from "../../parts/LazyChart";
import { Panel } from "../../parts/Panel";
import { FRAME, tooltipRows, useChartTheme } from "../../parts/useChartTheme";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./liability.module.css";
import { useAmount } from "./useAmount";

const HEIGHT = 230;

/** What is outstanding, by the month in which it lapses. */
export function Expiring({ outstanding }: { outstanding: readonly OutstandingAsset[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const there = outstanding.filter(({ expiring }) => expiring.length > 0);
  const [chosen, choose] = useState<LotAsset>("points");
  const shown = there.find(({ asset }) => asset === chosen) ?? there[0];
  const option = useOption(shown);
  return (
    <Panel
      title={t("liability.expiring.title")}
      definition={t("liability.expiring.definition")}
      className={styles.half}
      extra={
        there.length > 1 && (
          <Segmented
            size="small"
            value={shown?.asset ?? chosen}
            onChange={choose}
            options={there.map(({ asset }) => ({ value: asset, label: label("asset", asset) }))}
          />
        )
      }
    >
      {option ? (
        <LazyChart option={option} height={HEIGHT} label={t("liability.expiring.title")} />
      ) : (
        <p className="muted">{t("liability.expiring.none")}</p>
      )}
    </Panel>
  );
}

function useOption(found: OutstandingAsset | undefined): ChartOption | null {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useChartTheme();
  const label = useLabel();
  const amountOf = useAmount();
  return useMemo(() => {
    if (!found) return null;
    const { asset, expiring } = found;
    const names = expiring.map(({ month }) => (month ? format.month(month) : t("liability.expiring.never")));
    return {
      ...FRAME,
      tooltip: {
        ...colours.tooltip,
        formatter: (points) => {
          const [first] = points as unknown as { dataIndex: number }[];
          const index = first?.dataIndex ?? 0;
          const amount = expiring[index]?.amount ?? 0;
          return tooltipRows(names[index] ?? "", [[label("asset", asset), amountOf(asset, amount)]]);
        },
      },
      xAxis: {
        type: "category",
        data: expiring.map(({ month }) => month ?? t("liability.expiring.never")),
        ...colours.category,
      },
      yAxis: {
        type: "value",
        ...colours.value,
        axisLabel: {
          ...colours.value.axisLabel,
          formatter: (value: number) => amountOf(asset, value, true),
        },
      },
      series: [
        {
          type: "bar",
          data: expiring.map(({ amount }) => amount),
          barMaxWidth: 34,
          itemStyle: { color: colours.main },
        },
      ],
    };
  }, [found, t, format, colours, label, amountOf]);
}
