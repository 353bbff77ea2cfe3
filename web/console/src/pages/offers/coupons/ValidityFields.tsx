import { Form, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MomentInput } from "../../../parts/MomentInput";
import type { ValidityValue } from "./values";

/** Either so many days after issue, or between two moments. */
export function ValidityFields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const [fixed, setFixed] = useState(
    () => ((form.getFieldValue("validity") ?? {}) as ValidityValue).ends_at != null,
  );
  const choose = (wanted: boolean) => {
    setFixed(wanted);
    form.setFieldValue("validity", wanted ? {} : { days: 30, delay_days: 0 });
  };
  return (
    <>
      <Form.Item label={t("coupons.validity.how")}>
        <Segmented
          value={fixed ? "fixed" : "days"}
          options={(["days", "fixed"] as const).map((value) => ({
            value,
            label: t(`coupons.validity.${value}`),
          }))}
          onChange={(value) => choose(value === "fixed")}
        />
      </Form.Item>
      <FieldRow>
        {fixed ? (
          <>
            <Form.Item key="starts" name={["validity", "starts_at"]} label={t("offer.when.starts")}>
              <MomentInput placeholder={t("coupons.validity.onIssue")} />
            </Form.Item>
            <Form.Item key="ends" name={["validity", "ends_at"]} label={t("offer.when.ends")}>
              <MomentInput />
            </Form.Item>
          </>
        ) : (
          <>
            <Form.Item key="days" name={["validity", "days"]} label={t("coupons.validity.length")}>
              <CountInput unit={t("coupons.days")} />
            </Form.Item>
            <Form.Item key="delay" name={["validity", "delay_days"]} label={t("coupons.validity.delay")}>
              <CountInput min={0} unit={t("coupons.days")} />
            </Form.Item>
          </>
        )}
      </FieldRow>
    </>
  );
}
