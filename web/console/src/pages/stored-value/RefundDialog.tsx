import { App, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MONEY_KINDS, type MoneyKind, type TopUpDetail, useRefundTopUp } from "../../api/storedValue";
import { showFieldProblems } from "../../parts/formProblems";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { requestKey } from "../../parts/requestKey";
import { StoreSelect } from "../../parts/StoreSelect";
import { staysWhile } from "../../parts/staysWhile";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";

interface Fields {
  kind: MoneyKind;
  store_id: string;
  reason?: string;
}

/** Pays out what the preview said, or nothing if that has changed. */
export function RefundDialog({ topUp, onClose }: { topUp: TopUpDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [key] = useState(requestKey);
  const refund = useRefundTopUp(topUp.id);
  const due = topUp.refund_now.refunded_minor;
  const amount = format.money(due);
  const required = [{ required: true, message: t("form.required") }];
  const submit = ({ kind, store_id, reason }: Fields) =>
    refund.mutate(
      { key, body: { kind, store_id, reason: reason || null, expected_minor: due } },
      {
        onSuccess: (made) => {
          message.success(t("storedValue.refund.done", { amount: format.money(made.refunded_minor) }));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <Modal
      open
      title={t("storedValue.refund.ask")}
      okText={t("storedValue.refund.confirm", { amount })}
      {...staysWhile(refund.isPending)}
      okButtonProps={{ danger: true }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <ProblemAlert error={refund.error} form={form} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ kind: topUp.tenders[0]?.kind ?? "cash", store_id: topUp.store_id }}
      >
        <Form.Item name="kind" label={t("storedValue.refund.kind")} rules={required}>
          <Select options={MONEY_KINDS.map((value) => ({ value, label: label("tender", value) }))} />
        </Form.Item>
        <Form.Item
          name="store_id"
          label={t("storedValue.refund.store")}
          extra={t("storedValue.refund.storeHint")}
          rules={required}
        >
          <StoreSelect width="100%" allowClear={false} known={topUp.store} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t("storedValue.refund.reason")}
          extra={t("storedValue.refund.reasonHint")}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
