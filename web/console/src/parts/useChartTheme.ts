import { theme } from "antd";
import { useMemo } from "react";

/** Where a chart with axes is drawn in its box. */
export const FRAME = {
  animation: false,
  grid: {
    left: 4,
    right: 8,
    top: 12,
    bottom: 2,
    outerBoundsMode: "same",
    outerBoundsContain: "axisLabel",
  },
} as const;

/** Which point of the row a tooltip is of. */
export const pointOf = (points: unknown): number => (points as { dataIndex: number }[])[0]?.dataIndex ?? -1;

/** The page's colours, for what ECharts draws. */
export function useChartTheme() {
  const { token } = theme.useToken();
  return useMemo(
    () => ({
      main: token.colorPrimary,
      faint: token.colorTextQuaternary,
      text: token.colorText,
      fill: `${token.colorPrimary}1c`,
      tooltip: {
        trigger: "axis" as const,
        confine: true,
        backgroundColor: token.colorBgElevated,
        borderColor: token.colorBorderSecondary,
        textStyle: { color: token.colorText, fontFamily: token.fontFamily, fontSize: 12 },
        axisPointer: {
          lineStyle: { color: token.colorBorder },
          shadowStyle: { color: token.colorFillTertiary },
        },
      },
      category: {
        axisTick: { show: false },
        axisLine: { lineStyle: { color: token.colorBorder } },
        axisLabel: { color: token.colorTextTertiary, fontFamily: token.fontFamily, fontSize: 11 },
      },
      value: {
        splitLine: { lineStyle: { color: token.colorBorderSecondary } },
        axisLabel: { color: token.colorTextTertiary, fontFamily: token.fontFamily, fontSize: 11 },
      },
    }),
    [token],
  );
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A tooltip of ECharts is HTML: what people typed must not become part of the page. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (found) => ENTITIES[found] ?? found);

/** Rows of name and figure for a tooltip. */
export function tooltipRows(title: string, rows: readonly (readonly [string, string])[]): string {
  const cells = rows
    .map(
      ([name, figure]) =>
        `<div style="display:flex;justify-content:space-between;gap:20px"><span>${escapeHtml(name)}</span><b style="font-variant-numeric:tabular-nums;font-weight:600">${escapeHtml(figure)}</b></div>`,
    )
    .join("");
  return `<div style="margin-bottom:2px;opacity:.7">${escapeHtml(title)}</div>${cells}`;
}
