import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAddMerchant } from "../../api/merchants";
import type { MerchantDraft } from "../../api/types";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";

export interface NewOwner {
  merchant: string;
  password: string;
}

const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "HKD", "TWD", "SGD", "JPY", "KRW"];
const zones = Intl.supportedValuesOf("timeZone");

export function MerchantDrawer({
  onClose,
  onTold,
}: {
  onClose: () => void;
  onTold: (owner: NewOwner) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<MerchantDraft>();
  const add = useAddMerchant();
  const required = [{ required: true, message: t("form.required") }];
  const submit = (body: MerchantDraft) =>
    add.mutate(body, {
      onSuccess: (created) => {
        onClose();
        onTold({ merchant: created.name, password: created.owner.password });
      },
      onError: (error) => showFieldProblems(form, error),
    });
  return (
    <FormDrawer
      title={t("merchants.add")}
      form={form}
      submit={t("action.add")}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ currency: "CNY", timezone: "Asia/Shanghai", locale: "zh-CN" }}
      >
        <Form.Item name="name" label={t("merchants.column.name")} rules={required}>
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="currency" label={t("merchants.column.currency")} rules={required}>
          <Select showSearch options={CURRENCIES.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="timezone" label={t("merchants.column.timezone")} rules={required}>
          <Select showSearch options={zones.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="locale" label={t("merchants.column.locale")} rules={required}>
          <Select
            options={[
              { value: "zh-CN", label: "中文（简体）" },
              { value: "en", label: "English" },
            ]}
          />
        </Form.Item>
        <Form.Item name={["owner", "name"]} label={t("merchants.ownerName")} rules={required}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name={["owner", "login"]} label={t("merchants.ownerLogin")} rules={required}>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
