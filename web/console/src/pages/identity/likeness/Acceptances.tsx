import { CheckOutlined, UndoOutlined } from "@ant-design/icons";
import { App, Button, Tag } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeopleMoved } from "../../../api/identity";
import { type Acceptance, isAtWork, useAcceptances, useUndoAcceptance } from "../../../api/likeness";
import { useCan } from "../../../app/session";
import { type Column, DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { Panel } from "../../../parts/Panel";
import { EmptyState, useProblemWords } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFormat } from "../../../parts/useFormat";
import { When } from "../../../parts/When";
import { AcceptAboveDialog } from "./AcceptAboveDialog";

const LIMIT = 5;

/** Proposals accepted many at once; each time can be taken back as a whole. */
export function Acceptances() {
  const { t } = useTranslation();
  const can = useCan();
  const cursor = useCursor("acceptances");
  const query = useAcceptances({ limit: LIMIT, cursor: cursor.cursor });
  const [accepting, setAccepting] = useState(false);
  const moved = usePeopleMoved();
  const working = query.data?.items.some(isAtWork) ?? false;
  const wasWorking = useRef(false);
  useEffect(() => {
    if (wasWorking.current && !working) moved();
    wasWorking.current = working;
  });
  const accept = can("identity.write") && (
    <Button size="small" icon={<CheckOutlined />} onClick={() => setAccepting(true)}>
      {t("likeness.acceptMany")}
    </Button>
  );
  return (
    <Panel title={t("likeness.acceptances")} definition={t("likeness.acceptancesHint")} extra={accept} flush>
      <DataList<Acceptance>
        query={listOf(query)}
        columns={useColumns()}
        rowKey={({ id }) => id}
        card={(row) => <Tile acceptance={row} />}
        empty={<EmptyState title={t("likeness.noAcceptances")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {accepting && <AcceptAboveDialog onClose={() => setAccepting(false)} />}
    </Panel>
  );
}

function Status({ acceptance: { status } }: { acceptance: Acceptance }) {
  const { t } = useTranslation();
  const colour = {
    queued: "processing",
    done: "success",
    taking_back: "processing",
    taken_back: "default",
  } as const;
  return (
    <Tag color={colour[status]} variant="filled" style={{ margin: 0 }}>
      {t(`likeness.acceptance.${status}`)}
    </Tag>
  );
}

/** Of all, how many became one, and what is left. */
function Outcome({ acceptance }: { acceptance: Acceptance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = (["merged", "one_already", "left", "taken_back", "stuck"] as const).filter(
    (name) => name === "merged" || acceptance[name] > 0,
  );
  return (
    <span className="num">
      {parts
        .map((name) => t(`likeness.outcome.${name}`, { shown: format.number(acceptance[name]) }))
        .join(" · ")}
      <span className="muted"> / {format.number(acceptance.pairs)}</span>
    </span>
  );
}

/** Takes all of it back, after it is asked whether to. */
function Undo({ acceptance }: { acceptance: Acceptance }) {
  const { t } = useTranslation();
  const can = useCan();
  const words = useProblemWords();
  const { modal, message } = App.useApp();
  const undo = useUndoAcceptance();
  const done = acceptance.status === "taken_back" && acceptance.stuck === 0;
  if (!can("identity.write") || isAtWork(acceptance) || done || acceptance.merged === 0) return null;
  const ask = () =>
    modal.confirm({
      title: t("likeness.undoTitle"),
      content: t("likeness.undoHint", { count: acceptance.merged }),
      okText: t("likeness.undo"),
      okButtonProps: { danger: true },
      cancelText: t("action.cancel"),
      onOk: () =>
        undo.mutateAsync(acceptance.id).then(
          () => void message.success(t("likeness.undoing")),
          (error) => void message.error(words(error).detail),
        ),
    });
  return (
    <Button size="small" icon={<UndoOutlined />} loading={undo.isPending} onClick={ask}>
      {t("likeness.undo")}
    </Button>
  );
}

function useColumns(): Column<Acceptance>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: "at", title: t("identity.at"), width: 150, render: (_, { asked_at }) => <When at={asked_at} /> },
    {
      key: "status",
      title: t("likeness.progress"),
      width: 120,
      render: (_, row) => <Status acceptance={row} />,
    },
    {
      key: "threshold",
      title: t("likeness.atLeast"),
      width: 110,
      align: "right",
      render: (_, { threshold_bps }) => <span className="num">{format.percent(threshold_bps)}</span>,
    },
    { key: "outcome", title: t("likeness.found"), render: (_, row) => <Outcome acceptance={row} /> },
    { key: "by", title: t("identity.by"), width: 120, dataIndex: "by" },
    { key: "undo", title: "", width: 130, align: "right", render: (_, row) => <Undo acceptance={row} /> },
  ];
}

function Tile({ acceptance }: { acceptance: Acceptance }) {
  return (
    <>
      <div className="spread">
        <Status acceptance={acceptance} />
        <Undo acceptance={acceptance} />
      </div>
      <div className="spread small muted">
        <Outcome acceptance={acceptance} />
        <When at={acceptance.asked_at} />
      </div>
    </>
  );
}
