import { App, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { findCards, type StoredCard, useReplaceCard } from "../../api/cards";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { staysWhile } from "../../parts/staysWhile";
import { spaced } from "./CardTag";

/** Moves what is on a lost card to another that is active. */
export function ReplaceDialog({ card, onClose }: { card: StoredCard; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ number: string }>();
  const replace = useReplaceCard(card.id);
  async function submit({ number }: { number: string }) {
    const [found] = (await findCards({ number, limit: 1 })).items;
    if (!found) {
      form.setFields([{ name: "number", errors: [t("cards.sell.unknown", { number })] }]);
      return;
    }
    replace.mutate(found.id, {
      onSuccess: () => {
        message.success(t("cards.transfer.done", { number: spaced(found.number) }));
        onClose();
        navigate(`/cards/${found.id}`);
      },
    });
  }
  return (
    <Modal
      open
      title={t("cards.transfer.title")}
      okText={t("cards.transfer.do")}
      {...staysWhile(replace.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="muted">{t("cards.transfer.hint")}</p>
      <ProblemAlert error={replace.error} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="number"
          label={t("cards.transfer.to")}
          rules={[{ required: true, message: t("form.required") }]}
        >
          <Input autoFocus inputMode="numeric" autoComplete="off" maxLength={40} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
