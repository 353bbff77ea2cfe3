import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { usePrintBatch } from "../../../api/coupons";
import type { TemplateDetail } from "../../../api/types";
import { CountInput } from "../../../parts/CountInput";
import { FormDrawer } from "../../../parts/FormDrawer";
import { showFieldProblems } from "../../../parts/formProblems";
import { MomentInput } from "../../../parts/MomentInput";

interface Fields {
  name: string;
  size: number;
  bind_until?: string | null;
}

/** New codes for print. */
export function BatchDrawer({ template, onClose }: { template: TemplateDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const print = usePrintBatch();
  const required = [{ required: true, message: t("form.required") }];
  const submit = ({ name, size, bind_until }: Fields) =>
    print.mutate(
      { template_id: template.id, name, size, bind_until: bind_until ?? null },
      { onSuccess: onClose, onError: (error) => showFieldProblems(form, error) },
    );
  return (
    <FormDrawer
      title={t("coupons.batch.add")}
      form={form}
      submit={t("coupons.batch.make")}
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
          label={t("coupons.batch.name")}
          extra={t("coupons.batch.nameHint")}
          rules={required}
        >
          <Input autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item
          name="size"
          label={t("coupons.batch.size")}
          extra={t("coupons.batch.sizeHint")}
          rules={required}
        >
          <CountInput />
        </Form.Item>
        <Form.Item name="bind_until" label={t("coupons.batch.until")}>
          <MomentInput placeholder={t("coupons.batch.always")} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
