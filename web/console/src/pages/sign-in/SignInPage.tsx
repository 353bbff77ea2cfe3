import { Button, Form, Input } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { useSessionQuery, useSignIn } from "../../api/session";
import { AppearanceButton, LanguageButton } from "../../app/AccountMenu";
import { Brand } from "../../app/Brand";
import { ProblemAlert } from "../../parts/ProblemAlert";
import styles from "./SignInPage.module.css";

/** Only a path of this site, so that a link cannot send anybody elsewhere after signing in. */
function safePath(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";
}

export default function SignInPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const session = useSessionQuery();
  const signIn = useSignIn();
  useEffect(() => {
    document.title = `${t("signIn.title")} · ${t("app.name")}`;
  }, [t]);
  if (session.data) return <Navigate to={safePath(params.get("next"))} replace />;
  return (
    <div className={styles.page}>
      <div className={styles.tools}>
        <LanguageButton />
        <AppearanceButton />
      </div>
      <main className={styles.box}>
        <Brand large />
        <p className={styles.motto}>{t("signIn.motto")}</p>
        <ProblemAlert error={signIn.error} />
        <Form
          layout="vertical"
          requiredMark={false}
          size="large"
          onFinish={(values) => signIn.mutate(values)}
        >
          <Form.Item
            name="login"
            label={t("signIn.login")}
            rules={[{ required: true, message: t("signIn.loginNeeded") }]}
          >
            <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t("signIn.password")}
            rules={[{ required: true, message: t("signIn.passwordNeeded") }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t("signIn.submit")}
          </Button>
        </Form>
        <p className={styles.help}>{t("signIn.help")}</p>
      </main>
    </div>
  );
}
