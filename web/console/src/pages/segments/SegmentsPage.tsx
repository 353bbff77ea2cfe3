import { BlockOutlined, PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Segment, type SegmentStatus, useSegments } from "../../api/segments";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { Moved, RefreshTag } from "./marks";
import { NewList } from "./NewList";
import { OverlapDrawer } from "./OverlapDrawer";
import styles from "./segments.module.css";

const LIMIT = 50;
const NAMES = ["status"] as const;
const STATUSES: readonly SegmentStatus[] = ["active", "archived"];

/** Every segment, how many are in it, and who came and went last. */
export default function SegmentsPage() {
  const { t } = useTranslation();
  const may = useCan()("segments.write");
  const { filters, setFilters } = useFilters(NAMES);
  const status: SegmentStatus = filters.status === "archived" ? "archived" : "active";
  const cursor = useCursor(status);
  const query = useSegments({ status, limit: LIMIT, cursor: cursor.cursor });
  const columns = useColumns();
  const [open, setOpen] = useState<"compare" | "list" | null>(null);
  const add = may && (
    <Link to="/segments/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t("segments.add")}
      </Button>
    </Link>
  );
  const actions = (
    <>
      <Button icon={<BlockOutlined />} onClick={() => setOpen("compare")}>
        {t("overlap.title")}
      </Button>
      {may && (
        <Button icon={<UploadOutlined />} onClick={() => setOpen("list")}>
          {t("segments.list.add")}
        </Button>
      )}
      {add}
    </>
  );
  return (
    <>
      <PageHeader title={t("segments.title")} hint={t("segments.hint")} actions={actions} />
      <div className={styles.bar}>
        <Segmented<SegmentStatus>
          value={status}
          options={STATUSES.map((value) => ({ value, label: t(`segments.status.${value}`) }))}
          onChange={(next) => setFilters({ status: next === "active" ? "" : next })}
        />
      </div>
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={({ id }) => id}
        to={({ id }) => `/segments/${id}`}
        card={(row) => <SegmentTile segment={row} />}
        empty={
          status === "active" ? (
            <EmptyState title={t("segments.empty")} hint={t("segments.emptyHint")} action={add} />
          ) : (
            <EmptyState title={t("segments.noArchived")} />
          )
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {open === "compare" && <OverlapDrawer onClose={() => setOpen(null)} />}
      {open === "list" && <NewList onClose={() => setOpen(null)} />}
    </>
  );
}

function useColumns(): Column<Segment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: "name",
      title: t("segments.column.name"),
      width: 220,
      render: (_, { id, name, code }) => (
        <span className={styles.name}>
          <Link to={`/segments/${id}`} className="strong">
            {name}
          </Link>
          <span className="muted small mono">{code}</span>
        </span>
      ),
    },
    {
      key: "words",
      title: t("segments.column.words"),
      render: (_, { words }) => <span className={styles.two}>{format.text(words)}</span>,
    },
    {
      key: "size",
      title: t("segments.column.size"),
      align: "right",
      width: 100,
      render: (_, { last }) =>
        last ? <strong className="num">{format.number(last.size)}</strong> : <span className="muted">—</span>,
    },
    {
      key: "change",
      title: t("segments.column.change"),
      width: 150,
      render: (_, { last }) => <Moved last={last} />,
    },
    {
      key: "refresh",
      title: t("segments.column.refresh"),
      width: 100,
      render: (_, { refresh }) => <RefreshTag refresh={refresh} />,
    },
    {
      key: "at",
      title: t("segments.column.at"),
      width: 150,
      render: (_, { last }) => <When at={last?.at} />,
    },
  ];
}

function SegmentTile({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { last } = segment;
  return (
    <>
      <div className="spread">
        <strong className="ellipsis">{segment.name}</strong>
        <strong className="num">
          {last
            ? t("segments.people", { count: last.size, size: format.number(last.size) })
            : t("segments.never")}
        </strong>
      </div>
      <span className={styles.two}>{format.text(segment.words)}</span>
      <div className="spread small">
        <span className="cluster">
          <RefreshTag refresh={segment.refresh} />
          <Moved last={last} />
        </span>
        {last && <When at={last.at} />}
      </div>
    </>
  );
}
