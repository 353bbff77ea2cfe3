import { useTranslation } from "react-i18next";
import type { ImportPreview } from "../../api/types";
import styles from "./MapStep.module.css";

const SHOWN = 5;

/** The beginning of the file as it was read, so that a wrong delimiter or encoding is seen at once. */
export function SampleTable({ preview }: { preview: ImportPreview }) {
  const { t } = useTranslation();
  const rows = preview.rows.slice(0, SHOWN);
  return (
    <>
      <p className="muted small">{t("imports.sample", { count: rows.length })}</p>
      <section className={styles.sample} aria-label={t("imports.sample", { count: rows.length })}>
        <table>
          <thead>
            <tr>
              {preview.columns.map((column) => (
                <th key={column}>{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name
              <tr key={index}>
                {preview.columns.map((column, at) => (
                  <td key={column}>{row[at] ?? ""}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
