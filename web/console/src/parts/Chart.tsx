import type { BarSeriesOption, LineSeriesOption, SankeySeriesOption } from "echarts/charts";
import { BarChart, LineChart, SankeyChart } from "echarts/charts";
import type { GridComponentOption, TooltipComponentOption } from "echarts/components";
import { GridComponent, TooltipComponent } from "echarts/components";
import { type ComposeOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

use([BarChart, LineChart, SankeyChart, GridComponent, TooltipComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | SankeySeriesOption | GridComponentOption | TooltipComponentOption
>;

interface Props {
  option: ChartOption;
  height: number;
  /** What the chart shows, for those who cannot see it. */
  label: string;
  onPick?: (index: number) => void;
}

/** An ECharts drawing that follows its box. Load this file lazily: it is the heaviest of all. */
export default function Chart({ option, height, label, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const pick = useRef(onPick);
  pick.current = onPick;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const drawn = init(element, null, { renderer: "svg" });
    chart.current = drawn;
    drawn.getZr().on("click", (event) => {
      if (!pick.current) return;
      const at = drawn.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]);
      if (Array.isArray(at) && drawn.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])) {
        pick.current?.(Math.round(at[0] ?? 0));
      }
    });
    const watcher = new ResizeObserver(() => drawn.resize());
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      drawn.dispose();
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);

  return <div ref={box} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
