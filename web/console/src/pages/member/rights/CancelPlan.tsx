import { App, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCancelPlan, useCancelPreview } from "../../../api/rights";
import type { Subscription } from "../../../api/types";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { requestKey } from "../../../parts/requestKey";
import { BlockSkeleton } from "../../../parts/skeletons";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { PaymentFields, type PaymentValue, paymentOf } from "./PaymentFields";
import { Sums } from "./Sums";

/** What cancelling gives back, and only then the end of it. */
export function CancelPlan({ subscription, onClose }: { subscription: Subscription; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { message } = App.useApp();
  const [form] = Form.useForm<PaymentValue>();
  const [key, setKey] = useState(requestKey);
  const preview = useCancelPreview(subscription.id);
  const cancel = useCancelPlan(subscription.id);
  const back = preview.data?.amount_minor;
  const submit = (fields: PaymentValue) =>
    back !== undefined &&
    cancel.mutate(
      { key, payment: paymentOf(back, fields) },
      {
        onSuccess: ({ refund_minor }) => {
          message.success(t("rights.plan.cancelled", { amount: format.money(refund_minor) }));
          onClose();
        },
        onError: () => setKey(requestKey()),
      },
    );
  return (
    <Modal
      open
      title={t("rights.plan.cancelTitle", { name: format.text(subscription.name) })}
      okText={back ? t("rights.plan.giveBack", { amount: format.money(back) }) : t("rights.plan.justCancel")}
      {...staysWhile(cancel.isPending)}
      okButtonProps={{ danger: true, disabled: back === undefined }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<PaymentValue> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <ProblemAlert error={cancel.error ?? preview.error} />
        {preview.isPending && <BlockSkeleton lines={3} />}
        {preview.data && (
          <Sums
            rows={[
              [t("rights.plan.rule"), label("refundRule", preview.data.rule)],
              [t("rights.plan.daysLeft"), format.number(preview.data.days_left)],
            ]}
            total={[t("rights.plan.refund"), preview.data.amount_minor]}
          />
        )}
        {Boolean(back) && <PaymentFields back />}
      </Form>
    </Modal>
  );
}
