import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { going } from "../../api/imports";
import type { ImportJob } from "../../api/types";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { JobProgress } from "./JobParts";
import { JobReport } from "./JobReport";
import styles from "./MapStep.module.css";

interface Props {
  job: ImportJob | undefined;
  error: unknown;
  starting: boolean;
  onBack: () => void;
  onRun: () => void;
  onAgain: () => void;
}

/** A dry run or the real one, on its way or done. */
export function RunStep({ job, error, starting, onBack, onRun, onAgain }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (error && !job) return <ErrorState error={error} />;
  if (!job) return <BlockSkeleton lines={3} />;
  const busy = going(job);
  return (
    <>
      {job.status === "done" && (
        <Alert
          type="success"
          showIcon
          title={t(job.dry_run ? "imports.dryDone" : "imports.realDone")}
          description={
            job.dry_run
              ? t("imports.realHint", {
                  created: format.number(job.created),
                  updated: format.number(job.updated),
                  rejected: format.number(job.rejected),
                })
              : undefined
          }
          style={{ marginBottom: 12 }}
        />
      )}
      <JobProgress job={job} wide />
      <JobReport job={job} />
      {!busy && (
        <div className={styles.actions}>
          {job.dry_run ? (
            <>
              <Button onClick={onBack}>{t("imports.back")}</Button>
              <Button
                type="primary"
                loading={starting}
                disabled={job.status !== "done" || job.created + job.updated === 0}
                onClick={onRun}
              >
                {t("imports.startReal")}
              </Button>
            </>
          ) : (
            <>
              <Link to="/imports">
                <Button tabIndex={-1}>{t("imports.list")}</Button>
              </Link>
              <Button onClick={onAgain}>{t("imports.again")}</Button>
            </>
          )}
        </div>
      )}
    </>
  );
}
