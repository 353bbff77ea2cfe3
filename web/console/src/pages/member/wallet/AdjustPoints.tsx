import { App, Form, Input, InputNumber, Modal, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAdjustPoints } from "../../../api/wallet";
import { showFieldProblems } from "../../../parts/formProblems";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { requestKey } from "../../../parts/requestKey";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";

interface Fields {
  amount: number;
  reason: string;
}

type Way = "add" | "take";

/** Points given or taken by hand. Above the programme's limit it becomes a request for a second person. */
export function AdjustPoints({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [key] = useState(requestKey);
  const [way, setWay] = useState<Way>("add");
  const adjust = useAdjustPoints(memberId);
  const required = [{ required: true, message: t("form.required") }];
  const submit = ({ amount, reason }: Fields) =>
    adjust.mutate(
      { key, body: { amount: way === "add" ? amount : -amount, reason } },
      {
        onSuccess: (request) => {
          const points = format.number(Math.abs(request.amount));
          if (request.status === "pending") message.info(t("wallet.adjust.asked", { points }), 6);
          else message.success(t("wallet.adjust.done", { points }));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <Modal
      open
      title={t("wallet.adjust.title")}
      okText={t("wallet.adjust.do")}
      {...staysWhile(adjust.isPending)}
      onOk={form.submit}
      onCancel={onClose}
      width={420}
    >
      <p className="muted">{t("wallet.adjust.hint")}</p>
      <ProblemAlert error={adjust.error} form={form} />
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item>
          <Segmented<Way>
            block
            value={way}
            onChange={setWay}
            options={[
              { value: "add", label: t("wallet.adjust.add") },
              { value: "take", label: t("wallet.adjust.take") },
            ]}
          />
        </Form.Item>
        <Form.Item name="amount" label={t("wallet.adjust.amount")} rules={required}>
          <InputNumber<number>
            min={1}
            max={1_000_000_000}
            precision={0}
            style={{ width: "100%" }}
            autoFocus
          />
        </Form.Item>
        <Form.Item name="reason" label={t("wallet.adjust.reason")} rules={required}>
          <Input.TextArea rows={2} maxLength={200} showCount placeholder={t("wallet.adjust.reasonHint")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
