import { ImportOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { IMPORTS_LIMIT, useImports } from "../../api/imports";
import type { ImportJob } from "../../api/types";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { JobCounts, JobProgress } from "./JobParts";
import { JobReport } from "./JobReport";

export default function ImportsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const cursor = useCursor("imports");
  const query = useImports(cursor.cursor);
  const start = can("imports.write") && (
    <Link to="/imports/new">
      <Button type="primary" icon={<ImportOutlined />} tabIndex={-1}>
        {t("imports.new")}
      </Button>
    </Link>
  );
  return (
    <>
      <PageHeader title={t("imports.title")} hint={t("imports.hint")} actions={start} />
      <DataList
        query={listOf(query)}
        columns={useJobColumns()}
        rowKey={(job) => job.id}
        expand={(job) => <JobReport job={job} />}
        card={(job) => (
          <>
            <div className="spread">
              <JobName job={job} />
              <JobStatus job={job} />
            </div>
            <JobProgress job={job} />
          </>
        )}
        pager={{ cursor, next: query.data?.next_cursor, limit: IMPORTS_LIMIT }}
        empty={<EmptyState hint={t("imports.emptyHint")} action={start} />}
      />
    </>
  );
}

function JobName({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  return (
    <span className="cluster">
      <strong>{job.file_name}</strong>
      {job.dry_run && <Tag variant="filled">{t("imports.dryRun")}</Tag>}
    </span>
  );
}

const COLOUR = { waiting: "default", running: "processing", done: "success", failed: "error" } as const;

function JobStatus({ job }: { job: ImportJob }) {
  const label = useLabel();
  return <Tag color={COLOUR[job.status]}>{label("importStatus", job.status)}</Tag>;
}

function useJobColumns(): Column<ImportJob>[] {
  const { t } = useTranslation();
  const label = useLabel();
  return [
    { key: "file", title: t("imports.column.file"), render: (_, job) => <JobName job={job} /> },
    { key: "kind", title: t("imports.column.kind"), render: (_, job) => label("importKind", job.kind) },
    { key: "status", title: t("imports.column.status"), render: (_, job) => <JobStatus job={job} /> },
    {
      key: "progress",
      title: t("imports.column.progress"),
      width: 190,
      render: (_, job) => <JobProgress job={job} />,
    },
    { key: "result", title: t("imports.column.result"), render: (_, job) => <JobCounts job={job} /> },
    { key: "started", title: t("imports.column.started"), render: (_, job) => <When at={job.started_at} /> },
    {
      key: "by",
      title: t("imports.column.by"),
      render: (_, job) => job.by?.name ?? <span className="muted">—</span>,
    },
  ];
}
