import { InboxOutlined } from "@ant-design/icons";
import { Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useImportPreview } from "../../api/imports";
import type { ImportKind, ImportPreview } from "../../api/types";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useLabel } from "../../parts/useLabel";
import styles from "./ChooseStep.module.css";

export const KINDS = [
  "members",
  "products",
  "stores",
  "orders",
  "tags",
  "segment_members",
] as const satisfies ImportKind[];

interface Props {
  kind: ImportKind;
  onKind: (kind: ImportKind) => void;
  onPreview: (preview: ImportPreview) => void;
}

export function ChooseStep({ kind, onKind, onPreview }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const read = useImportPreview();
  return (
    <>
      <fieldset className={styles.kinds}>
        <legend className="visually-hidden">{t("imports.step.kind")}</legend>
        {KINDS.map((choice) => (
          <label key={choice} className={styles.kind}>
            <input type="radio" name="kind" checked={kind === choice} onChange={() => onKind(choice)} />
            <strong>{label("importKind", choice)}</strong>
            <small>{t(`imports.kindHint.${choice}`)}</small>
          </label>
        ))}
      </fieldset>
      <ProblemAlert error={read.error} />
      <Upload.Dragger
        accept=".csv,.txt,.tsv,.xlsx,.parquet"
        showUploadList={false}
        disabled={read.isPending}
        beforeUpload={(file) => {
          read.mutate({ kind, file }, { onSuccess: onPreview });
          return false;
        }}
      >
        <p className={styles.icon}>
          <InboxOutlined />
        </p>
        <p>{read.isPending ? t("imports.reading") : t("imports.drop")}</p>
        <p className="muted small">{t("imports.dropHint")}</p>
      </Upload.Dragger>
    </>
  );
}
