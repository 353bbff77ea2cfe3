import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { ProgrammeDocument } from "../../../api/types";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";
import { Panel } from "../../../parts/Panel";
import { CapsFields } from "./CapsFields";

const SOURCES = ["spend", "orders", "points"] as const;
const FALLS = ["straight", "one_level"] as const;
const SINCE = ["joining", "tier"] as const;
const WINDOWS = {
  rolling: { kind: "rolling", months: 12 },
  calendar: { kind: "calendar", first_month: 1 },
  anniversary: { kind: "anniversary", since: "joining", months: 12 },
} as const;
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** What growth is, over which time it counts, and how tiers are lost. */
export function GrowthSection() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ProgrammeDocument>();
  const source = Form.useWatch(["growth", "source"], form);
  return (
    <Panel title={t("programme.section.growth")}>
      <FieldRow>
        <Form.Item name={["growth", "source"]} label={t("draft.growth.source")}>
          <Select options={SOURCES.map((value) => ({ value, label: t(`programme.say.source.${value}`) }))} />
        </Form.Item>
        {source === "orders" && (
          <>
            <Form.Item name={["growth", "order_minimum_minor"]} label={t("draft.growth.minimum")}>
              <MoneyInput />
            </Form.Item>
            <Form.Item
              name={["growth", "counted", "zh"]}
              label={t("draft.growth.countedZh")}
              tooltip={t("draft.growth.countedHint")}
            >
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name={["growth", "counted", "en"]} label={t("draft.growth.countedEn")}>
              <Input maxLength={100} />
            </Form.Item>
          </>
        )}
      </FieldRow>
      <WindowFields />
      <FieldRow>
        <Form.Item name={["growth", "fall"]} label={t("draft.growth.fall")}>
          <Select options={FALLS.map((value) => ({ value, label: t(`programme.say.fall.${value}`) }))} />
        </Form.Item>
        <Form.Item name={["growth", "grace_days"]} label={t("draft.growth.grace")}>
          <CountInput min={0} />
        </Form.Item>
      </FieldRow>
      <h3>{t("draft.growth.caps")}</h3>
      <CapsFields at={["growth", "caps"]} />
    </Panel>
  );
}

function WindowFields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const at = ["growth", "window"];
  const kind = Form.useWatch<keyof typeof WINDOWS | undefined>([...at, "kind"], form);
  return (
    <FieldRow>
      <Form.Item name={[...at, "kind"]} label={t("draft.growth.window")}>
        <Select
          options={(Object.keys(WINDOWS) as (keyof typeof WINDOWS)[]).map((value) => ({
            value,
            label: t(`draft.growth.windowKind.${value}`),
          }))}
          onChange={(picked: keyof typeof WINDOWS) => form.setFieldValue(at, WINDOWS[picked])}
        />
      </Form.Item>
      {kind === "calendar" && (
        <Form.Item name={[...at, "first_month"]} label={t("draft.growth.firstMonth")}>
          <Select
            options={MONTHS.map((month) => ({ value: month, label: t("draft.growth.month", { month }) }))}
          />
        </Form.Item>
      )}
      {kind === "anniversary" && (
        <Form.Item name={[...at, "since"]} label={t("draft.growth.since")}>
          <Select options={SINCE.map((value) => ({ value, label: t(`draft.growth.sinceKind.${value}`) }))} />
        </Form.Item>
      )}
      {kind !== "calendar" && (
        <Form.Item name={[...at, "months"]} label={t("draft.growth.months")}>
          <CountInput />
        </Form.Item>
      )}
    </FieldRow>
  );
}
