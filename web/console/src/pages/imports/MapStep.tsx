import { Alert, Button, Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportPreview } from "../../api/types";
import { useFormat } from "../../parts/useFormat";
import styles from "./MapStep.module.css";
import { SampleTable } from "./SampleTable";

interface Props {
  preview: ImportPreview;
  mapping: Record<string, string>;
  busy: boolean;
  onChange: (mapping: Record<string, string>) => void;
  onBack: () => void;
  onNext: () => void;
}

export function MapStep({ preview, mapping, busy, onChange, onBack, onNext }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const missing = preview.fields.filter(({ name, required }) => required && !mapping[name]);
  const pick = (name: string, column: string | undefined) => {
    const { [name]: _old, ...rest } = mapping;
    onChange(column ? { ...rest, [name]: column } : rest);
  };
  const example = (column: string | undefined) => {
    if (!column) return "";
    const at = preview.columns.indexOf(column);
    return preview.rows.map((row) => row[at]).find((value) => value) ?? "";
  };
  return (
    <>
      <p className="muted">{t("imports.mapHint")}</p>
      <ul className={styles.fields}>
        {preview.fields.map((field) => (
          <li key={field.name}>
            <label htmlFor={`map-${field.name}`}>
              <span className="cluster">
                {format.text(field.label)}
                {field.required && (
                  <Tag color={mapping[field.name] ? "default" : "error"}>{t("imports.required")}</Tag>
                )}
              </span>
              <small>{format.text(field.help)}</small>
            </label>
            <Select
              id={`map-${field.name}`}
              allowClear
              showSearch
              value={mapping[field.name] ?? null}
              placeholder={t("imports.notMapped")}
              options={preview.columns.map((column) => ({ value: column, label: column }))}
              onChange={(column: string | null) => pick(field.name, column ?? undefined)}
            />
            <span className={`muted small ${styles.example}`}>{example(mapping[field.name])}</span>
          </li>
        ))}
      </ul>
      <SampleTable preview={preview} />
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("imports.missing", { fields: missing.map(({ label }) => format.text(label)).join("、") })}
        />
      )}
      <div className={styles.actions}>
        <Button onClick={onBack}>{t("imports.back")}</Button>
        <Button type="primary" disabled={missing.length > 0} loading={busy} onClick={onNext}>
          {t("imports.startDry")}
        </Button>
        <span className="muted small">{t("imports.dryHint")}</span>
      </div>
    </>
  );
}
