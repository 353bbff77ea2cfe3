import { App, Button, Descriptions, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useChangePassword, useSignOut } from "../../api/session";
import { useSession } from "../../app/session";
import { showFieldProblems } from "../../parts/formProblems";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import styles from "./AccountPage.module.css";

export default function AccountPage() {
  const { t } = useTranslation();
  const { account, role, stores, expires_at } = useSession();
  const label = useLabel();
  const signOut = useSignOut();
  return (
    <>
      <PageHeader title={t("account.title")} />
      <div className={styles.columns}>
        <Panel title={account.name}>
          <Descriptions
            colon={false}
            column={1}
            size="small"
            items={[
              { key: "login", label: t("signIn.login"), children: account.login },
              { key: "role", label: t("staff.role"), children: label("role", role) },
              {
                key: "stores",
                label: t("staff.stores"),
                children: stores === null ? t("staff.allStores") : stores.map(({ name }) => name).join("、"),
              },
              { key: "until", label: t("account.until"), children: <When at={expires_at} /> },
            ]}
          />
          <Button danger onClick={() => signOut.mutate(true)} loading={signOut.isPending}>
            {t("account.signOutEverywhere")}
          </Button>
        </Panel>
        <Panel title={t("account.changePassword")}>
          <PasswordForm />
        </Panel>
      </div>
    </>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ current: string; new: string }>();
  const change = useChangePassword();
  const required = [{ required: true, message: t("form.required") }];
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(values) =>
        change.mutate(values, {
          onSuccess: () => {
            form.resetFields();
            message.success(t("account.passwordChanged"));
          },
          onError: (error) => showFieldProblems(form, error),
        })
      }
    >
      <ProblemAlert error={change.error} form={form} />
      <Form.Item name="current" label={t("account.current")} rules={required}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new" label={t("account.new")} rules={required} extra={t("account.newHint")}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t("account.changePassword")}
      </Button>
    </Form>
  );
}
