import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "../../api/types";
import { useFormat } from "../../parts/useFormat";
import styles from "./JobParts.module.css";

export function JobProgress({ job, wide }: { job: ImportJob; wide?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = job.rows_total ?? 0;
  const percent = job.status === "done" ? 100 : total > 0 ? Math.floor((job.rows_done / total) * 100) : 0;
  const status = job.status === "failed" ? "exception" : job.status === "done" ? "success" : "active";
  return (
    <div className={styles.progress} data-wide={wide || undefined}>
      <Progress percent={percent} status={status} size={wide ? "default" : "small"} showInfo={false} />
      <span className="muted small num">
        {t("imports.progress", {
          done: format.number(job.rows_done),
          total: total > 0 ? format.number(total) : "…",
        })}
      </span>
    </div>
  );
}

/** Only what happened: a count of zero is no news. */
export function JobCounts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kinds = ["created", "updated", "unchanged", "rejected"] as const;
  return (
    <span className={styles.counts}>
      {kinds
        .filter((kind) => job[kind] > 0)
        .map((kind) => (
          <span key={kind} className="num" data-kind={kind}>
            {t(`imports.${kind}`, { rows: format.number(job[kind]) })}
          </span>
        ))}
    </span>
  );
}
