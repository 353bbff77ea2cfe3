import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { PageHeader } from "../../parts/PageHeader";

interface Props {
  here: "/settings" | "/settings/orders" | "/settings/privacy" | "/settings/attributes";
}

/** The settings have a page each, so that leaving one asks about what is not saved. */
export function SettingsHeader({ here }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t("settings.title")} />
      <Tabs
        activeKey={here}
        onChange={(path) => void navigate(path)}
        items={[
          { key: "/settings", label: t("orderSettings.tab.business") },
          { key: "/settings/orders", label: t("orderSettings.tab.orders") },
          { key: "/settings/attributes", label: t("orderSettings.tab.attributes") },
          { key: "/settings/privacy", label: t("orderSettings.tab.privacy") },
        ]}
      />
    </>
  );
}
