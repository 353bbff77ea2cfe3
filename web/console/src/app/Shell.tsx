import { MenuOutlined } from "@ant-design/icons";
import { Button, Drawer, Layout } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration, useNavigation } from "react-router";
import { usePhone } from "../parts/usePhone";
import { AccountMenu } from "./AccountMenu";
import { Brand } from "./Brand";
import styles from "./Shell.module.css";
import { SideMenu } from "./SideMenu";
import { useSession } from "./session";

/** The frame around every page but the till and the sign-in. */
export default function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const { state } = useNavigation();
  const { merchant } = useSession();
  return (
    <Layout className={styles.shell ?? ""} hasSider={!phone}>
      <a className="skip" href="#page">
        {t("app.skip")}
      </a>
      {!phone && (
        <Layout.Sider width={208} className={styles.side ?? ""}>
          <Brand />
          <SideMenu />
        </Layout.Sider>
      )}
      {phone && (
        <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={248} title={<Brand />}>
          <SideMenu onPick={() => setOpen(false)} />
        </Drawer>
      )}
      <Layout>
        <Layout.Header className={styles.top ?? ""}>
          {phone && (
            <Button
              type="text"
              icon={<MenuOutlined />}
              aria-label={t("app.menu")}
              onClick={() => setOpen(true)}
            />
          )}
          <Link to="/" className={styles.merchant}>
            {merchant?.name ?? t("app.platform")}
          </Link>
          <AccountMenu />
        </Layout.Header>
        <Layout.Content
          id="page"
          className={styles.page ?? ""}
          data-loading={state === "loading" || undefined}
        >
          <Outlet />
        </Layout.Content>
      </Layout>
      <ScrollRestoration />
    </Layout>
  );
}
