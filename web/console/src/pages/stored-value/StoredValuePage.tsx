import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../parts/PageHeader";
import { useFilters } from "../../parts/useFilters";
import { LaddersTab } from "./LaddersTab";
import { PolicyTab } from "./PolicyTab";
import { TopUpsTab } from "./TopUpsTab";

const NAMES = ["tab"] as const;

/** What members paid in, what they get on top, and by which rules it is spent and refunded. */
export default function StoredValuePage() {
  const { t } = useTranslation();
  const { filters, setFilters } = useFilters(NAMES);
  return (
    <>
      <PageHeader title={t("storedValue.title")} hint={t("storedValue.hint")} />
      <Tabs
        activeKey={filters.tab ?? "topUps"}
        onChange={(tab) => setFilters({ tab: tab === "topUps" ? "" : tab })}
        destroyOnHidden
        items={[
          { key: "topUps", label: t("storedValue.tab.topUps"), children: <TopUpsTab /> },
          { key: "ladders", label: t("storedValue.tab.ladders"), children: <LaddersTab /> },
          { key: "policy", label: t("storedValue.tab.policy"), children: <PolicyTab /> },
        ]}
      />
    </>
  );
}
