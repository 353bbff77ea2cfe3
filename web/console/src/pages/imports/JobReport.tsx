import { DownloadOutlined } from "@ant-design/icons";
import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "../../api/types";
import { download } from "../../parts/ExportButton";
import { useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { JobCounts } from "./JobParts";
import styles from "./JobParts.module.css";

/** What an import did and what it met. */
export function JobReport({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const words = useProblemWords();
  return (
    <div className={styles.report}>
      {job.status === "failed" && (
        <Alert type="error" showIcon title={t("imports.failed")} description={format.text(job.error)} />
      )}
      <JobCounts job={job} />
      {job.notes.length > 0 && (
        <>
          <h3>{t("imports.notes")}</h3>
          <ul className={styles.notes}>
            {job.notes.map((note) => (
              <li key={note.code}>
                {format.text(note.text)} <span className="muted num">×{format.number(note.count)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {job.rejected > 0 && (
        <div>
          <Button
            icon={<DownloadOutlined />}
            onClick={() =>
              download(`/v1/imports/${job.id}/rejects`).catch((error) => message.error(words(error).detail))
            }
          >
            {t("imports.rejects")}
          </Button>
        </div>
      )}
    </div>
  );
}
