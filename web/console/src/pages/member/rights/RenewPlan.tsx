import { App, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRenew } from "../../../api/rights";
import type { ProgrammePlan, Subscription } from "../../../api/types";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { requestKey } from "../../../parts/requestKey";
import { PaymentFields, type PaymentValue, paymentOf } from "./PaymentFields";
import { Sums, useTakeWords } from "./Sums";
import { usePlans } from "./usePlans";

interface Props {
  subscription: Subscription;
  plan: ProgrammePlan;
  onClose: () => void;
}

/** Another period behind the present one. */
export function RenewPlan({ subscription, plan, onClose }: Props) {
  const { t } = useTranslation();
  const take = useTakeWords();
  const { name } = usePlans();
  const { message } = App.useApp();
  const [form] = Form.useForm<PaymentValue>();
  const [key, setKey] = useState(requestKey);
  const renew = useRenew(subscription.id);
  const submit = (fields: PaymentValue) =>
    renew.mutate(
      { key, payment: paymentOf(plan.price_minor, fields) },
      {
        onSuccess: () => {
          message.success(t("rights.plan.renewed"));
          onClose();
        },
        onError: () => setKey(requestKey()),
      },
    );
  return (
    <Modal
      open
      title={t("rights.plan.renewTitle", { name: name(plan) })}
      okText={take(plan.price_minor)}
      okButtonProps={{ loading: renew.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<PaymentValue> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <ProblemAlert error={renew.error} />
        <Sums rows={[]} total={[t("rights.plan.due"), plan.price_minor]} />
        {plan.price_minor > 0 && <PaymentFields />}
      </Form>
    </Modal>
  );
}
