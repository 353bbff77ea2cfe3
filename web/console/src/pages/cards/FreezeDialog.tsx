import { App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { type StoredCard, useFreezeCard } from "../../api/cards";
import { showFieldProblems } from "../../parts/formProblems";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { staysWhile } from "../../parts/staysWhile";

/** Nobody can spend it until it is thawed. */
export function FreezeDialog({ card, onClose }: { card: StoredCard; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const freeze = useFreezeCard(card.id);
  const submit = ({ reason }: { reason: string }) =>
    freeze.mutate(reason, {
      onSuccess: () => {
        message.success(t("cards.freeze.done"));
        onClose();
      },
      onError: (error) => showFieldProblems(form, error),
    });
  return (
    <Modal
      open
      title={t("cards.freeze.title")}
      okText={t("cards.freeze.do")}
      {...staysWhile(freeze.isPending)}
      okButtonProps={{ danger: true }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <ProblemAlert error={freeze.error} form={form} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="reason"
          label={t("cards.freeze.reason")}
          extra={t("cards.freeze.hint")}
          rules={[{ required: true, message: t("form.required") }]}
        >
          <Input autoFocus maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
