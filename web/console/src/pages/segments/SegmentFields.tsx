import { Form, Input, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import type { Refresh } from "../../api/segments";
import { FieldRow } from "../../parts/FieldRow";

const REFRESHES: readonly Refresh[] = ["continuous", "daily", "once"];

const CODE = /^[A-Za-z0-9_-]{1,40}$/;

/** A code that is not in use: the moment it is made at. */
export const newCode = (): string => `seg-${new Date().toISOString().replaceAll(/\D/g, "").slice(2, 14)}`;

/** What a segment is called, and when it is looked at again. */
export function SegmentFields() {
  const { t } = useTranslation();
  const refresh = Form.useWatch<Refresh | undefined>("refresh");
  return (
    <FieldRow least={220}>
      <NameAndCode placeholder={t("builder.namePlaceholder")} />
      <Form.Item
        name="refresh"
        label={t("builder.refresh")}
        extra={refresh && t(`segments.refreshHint.${refresh}`)}
      >
        <Segmented<Refresh>
          options={REFRESHES.map((value) => ({ value, label: t(`segments.refresh.${value}`) }))}
        />
      </Form.Item>
    </FieldRow>
  );
}

/** What a segment of any kind is called. */
export function NameAndCode({ placeholder }: { placeholder?: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="name"
        label={t("builder.name")}
        rules={[{ required: true, whitespace: true, message: t("builder.nameNeeded") }]}
      >
        <Input maxLength={60} placeholder={placeholder} />
      </Form.Item>
      <Form.Item
        name="code"
        label={t("builder.code")}
        extra={t("builder.codeHint")}
        rules={[{ required: true, pattern: CODE, message: t("builder.codeWrong") }]}
      >
        <Input maxLength={40} className="mono" />
      </Form.Item>
    </>
  );
}
