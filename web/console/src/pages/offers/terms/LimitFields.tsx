import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";
import { PERIODS } from "./values";

/** The most it takes off, and how often it may be used. Empty: no limit. */
export function LimitFields() {
  const { t } = useTranslation();
  const none = t("offer.noLimit");
  return (
    <>
      <FieldRow>
        <Form.Item name={["caps", "line_minor"]} label={t("offer.caps.line")}>
          <MoneyInput placeholder={none} />
        </Form.Item>
        <Form.Item name={["caps", "order_minor"]} label={t("offer.caps.order")}>
          <MoneyInput placeholder={none} />
        </Form.Item>
        <Form.Item name={["limits", "uses"]} label={t("offer.limits.uses")}>
          <CountInput placeholder={none} />
        </Form.Item>
        <Form.Item name={["limits", "budget_minor"]} label={t("offer.limits.budget")}>
          <MoneyInput placeholder={none} />
        </Form.Item>
      </FieldRow>
      <FieldRow>
        <Form.Item name={["limits", "uses_per_member"]} label={t("offer.limits.usesEach")}>
          <CountInput placeholder={none} />
        </Form.Item>
        <Form.Item name={["limits", "pieces_per_member"]} label={t("offer.limits.piecesEach")}>
          <CountInput placeholder={none} />
        </Form.Item>
        <Form.Item name={["limits", "period"]} label={t("offer.limits.period")}>
          <Select
            allowClear
            placeholder={t("offer.limits.ever")}
            options={PERIODS.map((value) => ({ value, label: t(`offer.limits.periods.${value}`) }))}
          />
        </Form.Item>
      </FieldRow>
    </>
  );
}
