import { App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useUseBenefit } from "../../../api/rights";
import type { BenefitHeld } from "../../../api/types";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";

interface Props {
  memberId: string;
  held: BenefitHeld;
  onClose: () => void;
}

/** She has tried, tasted, been served: one use less. */
export function UseBenefit({ memberId, held, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note?: string }>();
  const use = useUseBenefit(memberId);
  return (
    <Modal
      open
      title={t("rights.benefit.useTitle", { name: format.text(held.name) })}
      okText={t("rights.benefit.use")}
      {...staysWhile(use.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ note }) =>
          use.mutate(
            { code: held.code, note: note?.trim() || null },
            {
              onSuccess: () => {
                message.success(t("rights.benefit.recorded"));
                onClose();
              },
            },
          )
        }
      >
        <ProblemAlert error={use.error} />
        <Form.Item name="note" label={t("rights.benefit.note")}>
          <Input maxLength={200} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
