import { Checkbox, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { FieldRow } from "../../../parts/FieldRow";
import { MomentInput } from "../../../parts/MomentInput";
import { HoursInput } from "./HoursInput";

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const MONTH = Array.from({ length: 31 }, (_, index) => index + 1);

/** When an offer lives: between two moments, and there on some days and hours. `under`: where the offer is in the form. */
export function WhenFields({ under = [] }: { under?: (string | number)[] }) {
  const { t } = useTranslation();
  const at = [...under, "conditions", "window"];
  return (
    <>
      <FieldRow>
        <Form.Item name={[...at, "starts_at"]} label={t("offer.when.starts")}>
          <MomentInput placeholder={t("offer.when.atOnce")} />
        </Form.Item>
        <Form.Item name={[...at, "ends_at"]} label={t("offer.when.ends")}>
          <MomentInput placeholder={t("offer.when.open")} />
        </Form.Item>
      </FieldRow>
      <Form.Item
        name={[...at, "weekdays"]}
        label={t("offer.when.weekdays")}
        tooltip={t("offer.when.everyHint")}
      >
        <Checkbox.Group options={WEEK.map((value) => ({ value, label: t(`offer.when.day.d${value}`) }))} />
      </Form.Item>
      <FieldRow least={240}>
        <Form.Item name={[...at, "month_days"]} label={t("offer.when.monthDays")}>
          <Select
            mode="multiple"
            placeholder={t("offer.when.everyDay")}
            options={MONTH.map((value) => ({ value, label: t("offer.when.monthDay", { day: value }) }))}
          />
        </Form.Item>
        <Form.Item
          name={[...at, "minutes"]}
          label={t("offer.when.hours")}
          tooltip={t("offer.when.hoursHint")}
        >
          <HoursInput />
        </Form.Item>
      </FieldRow>
    </>
  );
}
