import { Form, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";

const REFUNDS = ["unused_days", "full_then_nothing", "nothing"] as const;

/** A paid plan. What it entitles to are the benefits that name it. */
export function PlanFields({ at }: { at: (string | number)[] }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const refund = Form.useWatch<string | undefined>([...at, "refund"], form);
  return (
    <>
      <FieldRow>
        <Form.Item name={[...at, "price_minor"]} label={t("draft.plan.price")}>
          <MoneyInput />
        </Form.Item>
        <Form.Item name={[...at, "months"]} label={t("draft.plan.months")}>
          <CountInput />
        </Form.Item>
      </FieldRow>
      <FieldRow>
        <Form.Item
          name={[...at, "trial_days"]}
          label={t("draft.plan.trial")}
          tooltip={t("draft.plan.trialHint")}
        >
          <CountInput min={0} />
        </Form.Item>
        <Form.Item name={[...at, "rank"]} label={t("draft.plan.rank")} tooltip={t("draft.plan.rankHint")}>
          <CountInput min={0} />
        </Form.Item>
      </FieldRow>
      <FieldRow>
        <Form.Item name={[...at, "refund"]} label={t("draft.plan.refund")}>
          <Select options={REFUNDS.map((value) => ({ value, label: t(`draft.plan.refunds.${value}`) }))} />
        </Form.Item>
        {refund === "full_then_nothing" && (
          <Form.Item name={[...at, "refund_days"]} label={t("draft.plan.refundDays")}>
            <CountInput min={0} />
          </Form.Item>
        )}
      </FieldRow>
      <Form.Item name={[...at, "on_sale"]} label={t("draft.plan.onSale")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  );
}
