import { App, Button, Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDecide, usePointsRequests } from "../../api/points";
import type { PointsRequest } from "../../api/types";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { EmptyState, useProblemWords } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";

const NAMES = ["status"] as const;
const STATUSES = ["pending", "approved", "refused", "posted"] as const;
type Status = (typeof STATUSES)[number];
const COLOURS: Record<string, string> = { pending: "warning", approved: "success", refused: "error" };
const LIMIT = 50;

/** Points changed by hand; what is above the limit waits here for a second person. */
export default function PointsRequestsPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const status = STATUSES.find((one) => one === filters.status);
  const cursor = useCursor(filters);
  const query = usePointsRequests({ ...(status && { status }), limit: LIMIT, cursor: cursor.cursor });
  const columns: Column<PointsRequest>[] = [
    { key: "member", title: t("pointsRequests.member"), render: (_, row) => <Whom row={row} /> },
    {
      key: "amount",
      title: t("pointsRequests.amount"),
      align: "right",
      render: (_, row) => <Amount row={row} />,
    },
    { key: "reason", title: t("pointsRequests.reason"), render: (_, row) => row.reason },
    {
      key: "asked",
      title: t("pointsRequests.asked"),
      render: (_, row) => <By who={row.asked_by} at={row.asked_at} />,
    },
    {
      key: "status",
      title: t("pointsRequests.status"),
      render: (_, row) => <StatusTag status={row.status} />,
    },
    {
      key: "decided",
      title: t("pointsRequests.decided"),
      render: (_, row) =>
        row.status === "pending" || !row.decided_at ? (
          <Decide row={row} />
        ) : (
          <By who={row.decided_by} at={row.decided_at} />
        ),
    },
  ];
  return (
    <>
      <PageHeader title={t("pointsRequests.title")} hint={t("pointsRequests.hint")} />
      <FilterBar active={any ? 1 : 0} onClear={clear}>
        <Select
          allowClear
          value={status ?? null}
          placeholder={t("filter.status")}
          aria-label={t("filter.status")}
          style={{ width: 150 }}
          options={STATUSES.map((value) => ({ value, label: label("requestStatus", value) }))}
          onChange={(picked: Status | null) => setFilters({ status: picked ?? "" })}
        />
      </FilterBar>
      <DataList<PointsRequest>
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => <Tile row={row} />}
        empty={
          <EmptyState
            filtered={any}
            onClear={clear}
            title={t("pointsRequests.empty")}
            hint={t("pointsRequests.emptyHint")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}

function Whom({ row: { member } }: { row: PointsRequest }) {
  if (!member) return <span className="muted">—</span>;
  return <Link to={`/members/${member.id}?tab=wallet`}>{member.name ?? member.number}</Link>;
}

function Amount({ row: { amount } }: { row: PointsRequest }) {
  const format = useFormat();
  return <b className="num">{`${amount > 0 ? "+" : "−"}${format.number(Math.abs(amount))}`}</b>;
}

function By({ who, at }: { who: string | null; at: string }) {
  return (
    <div>
      {who}
      <div className="muted small">
        <When at={at} />
      </div>
    </div>
  );
}

function StatusTag({ status }: { status: string }) {
  const label = useLabel();
  return (
    <Tag variant="filled" color={COLOURS[status] ?? "default"} style={{ margin: 0 }}>
      {label("requestStatus", status)}
    </Tag>
  );
}

function Tile({ row }: { row: PointsRequest }) {
  return (
    <>
      <div className="spread">
        <Whom row={row} />
        <Amount row={row} />
      </div>
      <div>{row.reason}</div>
      <div className="spread small muted">
        <span>
          {row.asked_by} · <When at={row.asked_at} />
        </span>
        <StatusTag status={row.status} />
      </div>
      <Decide row={row} />
    </>
  );
}

function Decide({ row }: { row: PointsRequest }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const decide = useDecide();
  if (row.status !== "pending" || !can("points.approve")) return null;
  const ask = (verb: "approve" | "refuse") =>
    modal.confirm({
      title: t(`pointsRequests.${verb}Ask`, {
        name: row.member?.name ?? row.member?.number ?? "—",
        amount: format.number(row.amount),
      }),
      content: row.reason,
      okText: t(`pointsRequests.${verb}`),
      okButtonProps: { danger: verb === "refuse" },
      onOk: () =>
        decide.mutateAsync({ id: row.id, verb }).then(
          () =>
            void message.success(
              t(verb === "approve" ? "pointsRequests.approved" : "pointsRequests.refused"),
            ),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <span className="cluster">
      <Button size="small" type="primary" onClick={() => ask("approve")}>
        {t("pointsRequests.approve")}
      </Button>
      <Button size="small" onClick={() => ask("refuse")}>
        {t("pointsRequests.refuse")}
      </Button>
    </span>
  );
}
