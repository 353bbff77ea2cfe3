import {
  BulbOutlined,
  DesktopOutlined,
  LogoutOutlined,
  MoonOutlined,
  SunOutlined,
  TranslationOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Avatar, Button, Dropdown, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSignOut } from "../api/session";
import { useLabel } from "../parts/useLabel";
import { usePhone } from "../parts/usePhone";
import styles from "./AccountMenu.module.css";
import { type Appearance, setAppearance, useAppearance, useDark } from "./appearance";
import { currentLanguage, speak } from "./i18n";
import { useSession } from "./session";

export function LanguageButton() {
  const { t } = useTranslation();
  const other = currentLanguage() === "en" ? "zh-CN" : "en";
  return (
    <Button
      type="text"
      icon={<TranslationOutlined />}
      aria-label={t("app.language")}
      title={t("app.language")}
      onClick={() => speak(other)}
    >
      {other === "en" ? "EN" : "中"}
    </Button>
  );
}

export function AppearanceButton() {
  const { t } = useTranslation();
  const dark = useDark();
  return (
    <Button
      type="text"
      icon={dark ? <SunOutlined /> : <MoonOutlined />}
      aria-label={t(dark ? "app.toLight" : "app.toDark")}
      title={t(dark ? "app.toLight" : "app.toDark")}
      onClick={() => setAppearance(dark ? "light" : "dark")}
    />
  );
}

export function AccountMenu() {
  const { t } = useTranslation();
  const { account, role } = useSession();
  const appearance = useAppearance();
  const label = useLabel();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const phone = usePhone();
  const items: MenuProps["items"] = [
    { key: "account", icon: <UserOutlined />, label: t("menu.account"), onClick: () => navigate("/account") },
    {
      key: "appearance",
      icon: <BulbOutlined />,
      label: t("app.appearance"),
      children: (["system", "light", "dark"] satisfies Appearance[]).map((choice) => ({
        key: choice,
        icon: { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> }[choice],
        label: t(`app.${choice}`) + (appearance === choice ? " ✓" : ""),
        onClick: () => setAppearance(choice),
      })),
    },
    { type: "divider" },
    {
      key: "out",
      icon: <LogoutOutlined />,
      label: t("action.signOut"),
      onClick: () => signOut.mutate(false),
    },
  ];
  return (
    <div className={styles.menu}>
      <LanguageButton />
      <AppearanceButton />
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        <button type="button" className={styles.person} aria-label={t("menu.account")}>
          <Avatar size={26} style={{ background: "var(--ant-color-primary)" }}>
            {[...account.name][0]?.toUpperCase()}
          </Avatar>
          {!phone && (
            <span>
              {account.name}
              <small>{label("role", role)}</small>
            </span>
          )}
        </button>
      </Dropdown>
    </div>
  );
}
