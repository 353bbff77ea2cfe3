import { Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type LifecycleFlow, useFlow } from "../../api/traits";
import type { ChartOption } from "../../parts/Chart";
import { LazyChart } from "../../parts/LazyChart";
import { Panel } from "../../parts/Panel";
import { Bar } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { escapeHtml, useChartTheme } from "../../parts/useChartTheme";
import { useFormat } from "../../parts/useFormat";
import { usePhone } from "../../parts/usePhone";
import { Defined } from "../value/Defined";
import styles from "./lifecycle.module.css";
import { useStageColours } from "./useStageColours";

const HEIGHT = 320;
/** What is smaller has no room for its name; the tooltip says it. */
const LEAST = 0.03;

interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** Who stood where on one day, and where on another. */
export function FlowPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const [days, setDays] = useState<Days>({});
  const query = useFlow(days);
  const flow = query.data;
  const option = useOption(flow);
  const known = (flow?.days ?? []).map((day) => ({ value: day, label: format.day(day) }));
  return (
    <Panel
      title={t("lifecycle.flow.title")}
      extra={
        known.length > 1 && (
          <span className="cluster">
            <Select
              size="small"
              value={flow?.from ?? null}
              aria-label={t("lifecycle.flow.from")}
              popupMatchSelectWidth={false}
              options={known.filter(({ value }) => value < (flow?.to ?? ""))}
              onChange={(from) => setDays({ from, to: flow?.to ?? undefined })}
            />
            <span className="muted">→</span>
            <Select
              size="small"
              value={flow?.to ?? null}
              aria-label={t("lifecycle.flow.to")}
              popupMatchSelectWidth={false}
              options={known.filter(({ value }) => value > (flow?.from ?? ""))}
              onChange={(to) => setDays({ from: flow?.from ?? undefined, to })}
            />
          </span>
        )
      }
    >
      {query.error && !flow ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !flow || !option ? (
        <Bar height={HEIGHT} />
      ) : flow.flows.length === 0 ? (
        <EmptyState title={t("lifecycle.flow.none")} />
      ) : (
        <>
          <LazyChart option={option} height={HEIGHT} label={t("lifecycle.flow.title")} />
          <Changes flow={flow} />
          <Defined definitions={flow.definitions} of={["flow"]} />
        </>
      )}
    </Panel>
  );
}

const MOST = 4;

/** The largest moves in words: also for those who cannot see the drawing. */
function Changes({ flow }: { flow: LifecycleFlow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = (code: string) => format.text(flow.stages.find((stage) => stage.code === code)?.name);
  const moved = flow.flows
    .filter(({ source, target }) => source !== target)
    .sort((one, other) => other.members - one.members)
    .slice(0, MOST);
  return (
    <ul className={styles.changes}>
      {moved.map(({ source, target, members }) => (
        <li key={`${source} ${target}`}>
          {t("lifecycle.flow.moved", {
            from: name(source),
            to: name(target),
            members: format.number(members),
          })}
        </li>
      ))}
    </ul>
  );
}

function useOption(flow: LifecycleFlow | undefined): ChartOption | null {
  const format = useFormat();
  const phone = usePhone();
  const colours = useChartTheme();
  const stages = useStageColours();
  return useMemo(() => {
    if (!flow) return null;
    const name = (code: string) => format.text(flow.stages.find((stage) => stage.code === code)?.name);
    const sides = [
      ["source", 0],
      ["target", 1],
    ] as const;
    const nodes = sides.flatMap(([side, depth]) =>
      flow.stages
        .filter(({ code }) => flow.flows.some((each) => each[side] === code))
        .map(({ code }) => ({
          name: `${side} ${code}`,
          depth,
          itemStyle: { color: stages[code] ?? colours.faint },
          label: { position: depth === 0 ? ("right" as const) : ("left" as const) },
        })),
    );
    const everybody = flow.flows.reduce((sum, { members }) => sum + members, 0);
    const codeOf = (node: string) => name(node.split(" ")[1] ?? "");
    return {
      animation: false,
      tooltip: {
        ...colours.tooltip,
        trigger: "item",
        formatter: (each) => {
          const {
            data,
            name: node,
            value,
          } = each as {
            data: { source?: string; target?: string };
            name: string;
            value: number;
          };
          const said = data.source ? `${codeOf(data.source)} → ${codeOf(data.target ?? "")}` : codeOf(node);
          return `${escapeHtml(said)} <b>${format.number(value)}</b>`;
        },
      },
      series: [
        {
          type: "sankey",
          left: 0,
          right: 0,
          top: 8,
          bottom: 8,
          nodeWidth: 10,
          nodeGap: phone ? 8 : 12,
          layoutIterations: 0,
          draggable: false,
          data: nodes,
          links: flow.flows.map(({ source, target, members }) => ({
            source: `source ${source}`,
            target: `target ${target}`,
            value: members,
          })),
          label: {
            color: colours.text,
            fontSize: 12,
            formatter: ({ name: node, value }) =>
              Number(value) < everybody * LEAST
                ? ""
                : `${codeOf(String(node))} ${format.number(Number(value))}`,
          },
          lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
          emphasis: { focus: "adjacency" },
        },
      ],
    };
  }, [flow, format, phone, colours, stages]);
}
