import { Checkbox, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";

const OCCASIONS = [
  "joining",
  "anniversary",
  "upgrade",
  "birthday",
  "lunar_birthday",
  "festival",
  "monthly",
  "opening",
] as const;
type Occasion = (typeof OCCASIONS)[number];
const DATED: readonly (Occasion | undefined)[] = ["birthday", "lunar_birthday", "festival"];

/** When something is given, once each time the occasion comes round. */
export function TimingFields({ at }: { at: (string | number)[] }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const occasion = Form.useWatch<Occasion | undefined>([...at, "occasion"], form);
  return (
    <>
      <FieldRow least={120}>
        <Form.Item name={[...at, "occasion"]} label={t("draft.benefit.timing")}>
          <Select
            options={OCCASIONS.map((value) => ({ value, label: t(`draft.benefit.occasions.${value}`) }))}
            onChange={(picked: Occasion) =>
              form.setFieldValue(at, { occasion: picked, ...(picked === "monthly" && { day: 1 }) })
            }
          />
        </Form.Item>
        {occasion === "festival" && (
          <Form.Item name={[...at, "month"]} label={t("draft.benefit.month")}>
            <CountInput />
          </Form.Item>
        )}
        {(occasion === "festival" || occasion === "monthly") && (
          <Form.Item name={[...at, "day"]} label={t("draft.benefit.day")}>
            <CountInput />
          </Form.Item>
        )}
        {DATED.includes(occasion) && (
          <Form.Item name={[...at, "days_before"]} label={t("draft.benefit.before")}>
            <CountInput min={0} />
          </Form.Item>
        )}
      </FieldRow>
      {occasion === "festival" && (
        <Form.Item name={[...at, "lunar"]} valuePropName="checked">
          <Checkbox>{t("draft.benefit.lunar")}</Checkbox>
        </Form.Item>
      )}
    </>
  );
}
