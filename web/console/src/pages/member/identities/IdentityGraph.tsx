import { Controls, type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Graph, type Said, SIZE } from "./graphOf";
import styles from "./IdentityGraph.module.css";
import { useSaid } from "./useSaid";

interface Props {
  graph: Graph;
  picked: string | null;
  /** Those seen together with the one that is picked. */
  beside: Set<string>;
  onPick: (id: string | null) => void;
}

interface Data extends Record<string, unknown> {
  said: Said;
  picked: boolean;
  beside: boolean;
  onPick: () => void;
}

type Drawn = Node<Data, "said">;

const NODES = { said: Box };

/** Who she is and by what, drawn from left to right. Load this file lazily: no other page draws so. */
export default function IdentityGraph({ graph, picked, beside, onPick }: Props) {
  const { t } = useTranslation();
  const nodes = useMemo(
    () =>
      graph.nodes.map(
        ({ id, said, x, y }): Drawn => ({
          id,
          type: "said",
          position: { x, y },
          ...SIZE,
          data: {
            said,
            picked: id === picked,
            beside: beside.has(id),
            onPick: () => onPick(id === picked ? null : id),
          },
        }),
      ),
    [graph, picked, beside, onPick],
  );
  const edges = useMemo(
    () =>
      graph.lines.map(
        ({ from, to, dropped }): Edge => ({
          id: `${from}>${to}`,
          source: from,
          target: to,
          className: (dropped ? styles.droppedLine : from === picked ? styles.pickedLine : styles.line) ?? "",
        }),
      ),
    [graph, picked],
  );
  return (
    <section className={styles.graph} style={{ height: Math.min(Math.max(graph.height + 60, 240), 860) }}>
      <ReactFlow<Drawn>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODES}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.06 }}
        minZoom={0.3}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        preventScrolling={false}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        aria-label={t("identities.graph")}
        ariaLabelConfig={{
          "controls.ariaLabel": t("identities.zoom"),
          "controls.zoomIn.ariaLabel": t("identities.zoomIn"),
          "controls.zoomOut.ariaLabel": t("identities.zoomOut"),
          "controls.fitView.ariaLabel": t("identities.zoomAll"),
        }}
      >
        <Controls showInteractive={false} position="bottom-left" />
      </ReactFlow>
    </section>
  );
}

function Box({ data }: NodeProps<Drawn>) {
  const { said, picked, beside, onPick } = data;
  const { kind, title, hint } = useSaid()(said);
  const still = said.kind === "self" || said.kind === "more";
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        type="button"
        className={`nopan ${styles.box}`}
        data-kind={said.kind}
        data-beside={beside || undefined}
        aria-pressed={still ? undefined : picked}
        disabled={still}
        onClick={onPick}
      >
        <span className={styles.kind}>{kind}</span>
        <span className={styles.title}>{title}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
