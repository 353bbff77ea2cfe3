import { Checkbox, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useAddApiKey } from "../../api/keys";
import type { ApiKeyDraft } from "../../api/types";
import { PERMISSIONS, permissionKey } from "../../app/permissions";
import { useSession } from "../../app/session";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";

export interface NewSecret {
  name: string;
  secret: string;
}

interface Fields {
  name: string;
  scopes: ApiKeyDraft["scopes"];
  expires?: Dayjs | null;
}

export function KeyDrawer({ onClose, onTold }: { onClose: () => void; onTold: (secret: NewSecret) => void }) {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const [form] = Form.useForm<Fields>();
  const add = useAddApiKey();
  const mine = PERMISSIONS.filter((permission) => permissions.includes(permission));

  const submit = ({ name, scopes, expires }: Fields) =>
    add.mutate(
      { name, scopes, expires_at: expires ? expires.endOf("day").toISOString() : null },
      {
        onSuccess: (created) => {
          onClose();
          onTold({ name: created.name, secret: created.secret });
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );

  return (
    <FormDrawer
      title={t("keys.add")}
      form={form}
      submit={t("action.add")}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="name"
          label={t("keys.name")}
          extra={t("keys.nameHint")}
          rules={[{ required: true, message: t("form.required") }]}
        >
          <Input autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t("keys.scopes")}
          rules={[{ required: true, type: "array", min: 1, message: t("keys.scopesNeeded") }]}
        >
          <Checkbox.Group>
            <div style={{ display: "grid", gap: 4 }}>
              {mine.map((permission) => (
                <Checkbox key={permission} value={permission}>
                  {t(permissionKey(permission))} <code className="muted small">{permission}</code>
                </Checkbox>
              ))}
            </div>
          </Checkbox.Group>
        </Form.Item>
        <Form.Item name="expires" label={t("keys.expires")} extra={t("keys.expiresHint")}>
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
