import { Alert, App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import {
  type AlipayAccountBody,
  type Online,
  useSetAccount,
  type WeChatAccountBody,
} from "../../api/payments";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import styles from "./payments.module.css";

type Fields = WeChatAccountBody & AlipayAccountBody;
type Name = keyof Fields;

interface Field {
  name: Name;
  pattern?: RegExp;
  optional?: true;
  /** A key: never shown again, so typed into a box of its own. */
  secret?: "line" | "pem";
}

/** What each provider wants, in the order in which its portal shows it; the server checks the same. */
const FIELDS: Record<Online, readonly Field[]> = {
  wechat: [
    { name: "merchant_number", pattern: /^\d{6,32}$/ },
    { name: "app_id", pattern: /^\w{1,32}$/ },
    { name: "serial", pattern: /^[0-9A-Fa-f]{8,64}$/ },
    { name: "private_key", secret: "pem" },
    { name: "api_v3_key", secret: "line", pattern: /^[!-~]{32}$/ },
    { name: "public_key_id", optional: true, pattern: /^PUB_KEY_ID_\w{1,64}$/ },
    { name: "public_key", optional: true, secret: "pem" },
  ],
  alipay: [
    { name: "app_id", pattern: /^\d{6,32}$/ },
    { name: "private_key", secret: "pem" },
    { name: "alipay_public_key", secret: "pem" },
    { name: "seller_id", optional: true, pattern: /^\d{6,32}$/ },
  ],
};

const HELPED = ["merchant_number", "app_id", "serial", "api_v3_key", "public_key_id", "seller_id"] as const;

/** Sets an account or replaces it, whole. */
export function AccountDrawer({ provider, onClose }: { provider: Online; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const set = useSetAccount();
  const submit = (fields: Fields) => {
    const body = Object.fromEntries(FIELDS[provider].map(({ name }) => [name, fields[name]?.trim() || null]));
    set.mutate({ provider, body: body as unknown as Fields } as Parameters<typeof set.mutate>[0], {
      onSuccess: () => {
        message.success(t("payments.account.saved"));
        onClose();
      },
      onError: (error) => showFieldProblems(form, error),
    });
  };
  return (
    <FormDrawer
      title={t(`payments.provider.${provider}`)}
      form={form}
      submit={t("action.save")}
      busy={set.isPending}
      error={set.error}
      onClose={onClose}
    >
      <Alert className={styles.note ?? ""} type="info" showIcon title={t("payments.account.secretsHint")} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} autoComplete="off">
        {FIELDS[provider].map((field) => (
          <FieldItem key={field.name} field={field} provider={provider} />
        ))}
      </Form>
    </FormDrawer>
  );
}

function FieldItem({ field, provider }: { field: Field; provider: Online }) {
  const { t } = useTranslation();
  const { name, pattern, optional, secret } = field;
  const helped = HELPED.find((each) => each === name && !(provider === "alipay" && each === "app_id"));
  return (
    <Form.Item
      name={name}
      label={t(`payments.account.field.${name}`)}
      {...(helped && { extra: t(`payments.account.help.${helped}`) })}
      rules={[
        ...(optional ? [] : [{ required: true, message: t("form.required") }]),
        ...(pattern ? [{ pattern, message: t("payments.account.pattern") }] : []),
      ]}
    >
      {secret === "pem" ? (
        <Input.TextArea className={styles.pem ?? ""} rows={4} spellCheck={false} placeholder="-----BEGIN …" />
      ) : secret === "line" ? (
        <Input.Password autoComplete="new-password" />
      ) : (
        <Input autoComplete="off" spellCheck={false} />
      )}
    </Form.Item>
  );
}
