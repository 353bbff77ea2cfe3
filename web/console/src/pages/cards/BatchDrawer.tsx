import { Alert, App, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { usePrintCards } from "../../api/cards";
import { CountInput } from "../../parts/CountInput";
import { FieldRow } from "../../parts/FieldRow";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { MoneyInput } from "../../parts/MoneyInput";
import { requestKey } from "../../parts/requestKey";
import { useFormat } from "../../parts/useFormat";
import styles from "./cards.module.css";

interface Fields {
  name: string;
  size: number;
  face_minor: number;
  valid_days?: number | null;
}

/** A new batch; says beforehand what is printed, and that nothing is owed until it is sold. */
export function BatchDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [key] = useState(requestKey);
  const print = usePrintCards();
  const size = Form.useWatch("size", form) ?? 0;
  const required = [{ required: true, message: t("form.required") }];
  const submit = ({ name, size, face_minor, valid_days }: Fields) =>
    print.mutate(
      { key, body: { name, size, face_minor, valid_days: valid_days ?? null } },
      {
        onSuccess: (made) => {
          message.success(t("cards.batch.made", { size: format.number(made.size) }));
          onClose();
          navigate(`/cards/batches/${made.id}`);
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <FormDrawer
      title={t("cards.batch.title")}
      form={form}
      submit={t("cards.batch.make", { size: format.number(size) })}
      busy={print.isPending}
      error={print.error}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ size: 100 }}
      >
        <Form.Item
          name="name"
          label={t("cards.column.name")}
          extra={t("cards.batch.nameHint")}
          rules={required}
        >
          <Input autoFocus maxLength={60} />
        </Form.Item>
        <FieldRow least={150}>
          <Form.Item
            name="size"
            label={t("cards.column.size")}
            extra={t("cards.batch.sizeHint")}
            rules={required}
          >
            <CountInput />
          </Form.Item>
          <Form.Item name="face_minor" label={t("cards.column.face")} rules={required}>
            <MoneyInput />
          </Form.Item>
        </FieldRow>
        <Form.Item name="valid_days" label={t("cards.batch.days")} extra={t("cards.batch.daysHint")}>
          <CountInput placeholder={t("cards.never")} />
        </Form.Item>
        <Preview />
      </Form>
    </FormDrawer>
  );
}

/** What is printed, and what it will owe whom when. */
function Preview() {
  const { t } = useTranslation();
  const format = useFormat();
  const form = Form.useFormInstance<Fields>();
  const size = Form.useWatch("size", form);
  const face = Form.useWatch("face_minor", form);
  const days = Form.useWatch("valid_days", form);
  if (!size || !face) return null;
  const amounts = { size: format.number(size), face: format.money(face), total: format.money(size * face) };
  return (
    <Alert
      type="info"
      title={t("cards.batch.previewTitle")}
      description={
        <div className={styles.previewed}>
          <span>{t("cards.batch.preview", amounts)}</span>
          <span>
            {days
              ? t("cards.batch.previewUntil", { days: format.number(days) })
              : t("cards.batch.previewForever")}
          </span>
          <span>{t("cards.batch.previewOwed", amounts)}</span>
        </div>
      }
    />
  );
}
