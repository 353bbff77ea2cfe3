import { ShoppingCartOutlined } from "@ant-design/icons";
import { Menu } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { CASHIER, MENU, type MenuGroup, menuPages } from "./pages";
import { useCan } from "./session";

/** Only what this person may see. */
export function SideMenu({ onPick }: { onPick?: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const { pathname } = useLocation();
  const here = menuPages.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  const groups = (Object.keys(MENU) as MenuGroup[])
    .map((group) => ({
      type: "group" as const,
      key: group,
      label: t(`menu.group.${group}`),
      children: MENU[group]
        .filter(({ permission }) => can(permission))
        .map(({ name, path, icon }) => ({
          key: path,
          icon,
          label: (
            <Link to={path} onClick={onPick}>
              {t(`menu.${name}`)}
            </Link>
          ),
        })),
    }))
    .filter(({ children }) => children.length > 0);
  const till = can(CASHIER.permission) && {
    key: CASHIER.path,
    icon: <ShoppingCartOutlined />,
    label: <Link to={CASHIER.path}>{t("menu.cashier")}</Link>,
  };
  return (
    <nav aria-label={t("app.menu")}>
      <Menu
        mode="inline"
        inlineIndent={14}
        selectedKeys={here ? [here.path] : []}
        items={[...groups, ...(till ? [{ type: "divider" as const }, till] : [])]}
        style={{ border: 0 }}
      />
    </nav>
  );
}
