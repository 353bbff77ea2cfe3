import { App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { type StoredCard, useBindCard } from "../../api/cards";
import { showFieldProblems } from "../../parts/formProblems";
import { MemberSelect } from "../../parts/MemberSelect";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { staysWhile } from "../../parts/staysWhile";

interface Fields {
  member_id: string[];
  pin: string;
}

/** The PIN shows that who asks has the card. */
export function BindDialog({ card, onClose }: { card: StoredCard; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const bind = useBindCard(card.id);
  const required = [{ required: true, message: t("form.required") }];
  const submit = ({ member_id: [member_id = ""], pin }: Fields) =>
    bind.mutate(
      { number: card.number, pin: pin.trim(), member_id },
      {
        onSuccess: () => {
          message.success(t("cards.bind.done"));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <Modal
      open
      title={t("cards.bind.title")}
      okText={t("cards.bind.do")}
      {...staysWhile(bind.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="muted">{t("cards.bind.hint")}</p>
      <ProblemAlert error={bind.error} form={form} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="member_id" label={t("cards.bind.member")} rules={required}>
          <MemberSelect most={1} />
        </Form.Item>
        <Form.Item name="pin" label={t("cards.bind.pin")} extra={t("cards.bind.pinHint")} rules={required}>
          <Input inputMode="numeric" autoComplete="off" maxLength={20} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
