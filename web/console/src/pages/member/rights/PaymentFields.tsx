import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { PlanPayment } from "../../../api/types";
import { FieldRow } from "../../../parts/FieldRow";
import { StoreSelect } from "../../../parts/StoreSelect";
import { useLabel } from "../../../parts/useLabel";

const KINDS = ["wechat", "alipay", "cash", "card", "other"] as const;

export interface PaymentValue {
  kind?: PlanPayment["kind"];
  reference?: string;
  store_id?: string;
}

/** Exactly what is due, by what and where; nothing where nothing is due. */
export const paymentOf = (due: number, value: PaymentValue): PlanPayment | null =>
  due === 0
    ? null
    : {
        kind: value.kind ?? "cash",
        amount_minor: due,
        reference: value.reference?.trim() || null,
        store_id: value.store_id ?? null,
      };

/** How money was taken, or goes back. */
export function PaymentFields({ back = false }: { back?: boolean }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <FieldRow>
      <Form.Item
        name="kind"
        label={t(back ? "rights.plan.howBack" : "rights.plan.how")}
        initialValue="wechat"
      >
        <Select options={KINDS.map((value) => ({ value, label: label("planTender", value) }))} />
      </Form.Item>
      <Form.Item name="reference" label={t("rights.plan.reference")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="store_id" label={t("rights.plan.store")}>
        <StoreSelect width="100%" />
      </Form.Item>
    </FieldRow>
  );
}
