import { App, Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAttachBenefit } from "../../../api/rights";
import { showFieldProblems } from "../../../parts/formProblems";
import { MomentInput } from "../../../parts/MomentInput";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { staysWhile } from "../../../parts/staysWhile";
import { usePlans } from "./usePlans";

interface Fields {
  code: string;
  until?: string | null;
  reason: string;
}

/** A benefit for her alone, for a reason. */
export function AttachBenefit({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { benefits, name } = usePlans();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const attach = useAttachBenefit(memberId);
  const submit = ({ code, until, reason }: Fields) =>
    attach.mutate(
      { code, body: { until: until ?? null, reason } },
      {
        onSuccess: () => {
          message.success(t("rights.benefit.attached"));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <Modal
      open
      title={t("rights.benefit.attachTitle")}
      okText={t("rights.benefit.attach")}
      {...staysWhile(attach.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ code: benefits[0]?.code }}
        onFinish={submit}
      >
        <ProblemAlert error={attach.error} form={form} />
        <Form.Item name="code" label={t("rights.benefit.which")}>
          <Select options={benefits.map((one) => ({ value: one.code, label: name(one) }))} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t("rights.benefit.reason")}
          rules={[{ required: true, whitespace: true, message: t("rights.benefit.reasonNeeded") }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="until" label={t("rights.benefit.end")}>
          <MomentInput placeholder={t("rights.benefit.noEnd")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
