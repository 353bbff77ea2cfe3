import { Badge, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useQuarantine } from "../../api/events";
import { PageHeader } from "../../parts/PageHeader";
import { useFilters } from "../../parts/useFilters";
import { ExplorerTab } from "./ExplorerTab";
import { QuarantineTab } from "./QuarantineTab";
import { SchemasTab } from "./SchemasTab";
import { SourcesTab } from "./SourcesTab";

const NAMES = ["tab", "source", "type", "name", "reason", "open"] as const;

/** What customers do, as it comes in; what was set aside; what events look like; and who sends them. */
export default function EventsPage() {
  const { t } = useTranslation();
  const { filters, setFilters } = useFilters(NAMES);
  const aside = useQuarantine({ limit: 50 }).data?.items.length ?? 0;
  const turn = (tab: string) =>
    setFilters({
      source: "",
      type: "",
      name: "",
      reason: "",
      open: "",
      tab: tab === "explorer" ? "" : tab,
    });
  const quarantine = (
    <span className="cluster">
      {t("events.tab.quarantine")}
      <Badge count={aside} overflowCount={49} size="small" color="var(--ant-color-warning)" />
    </span>
  );
  return (
    <>
      <PageHeader title={t("events.title")} hint={t("events.hint")} />
      <Tabs
        activeKey={filters.tab ?? "explorer"}
        onChange={turn}
        destroyOnHidden
        items={[
          { key: "explorer", label: t("events.tab.explorer"), children: <ExplorerTab /> },
          { key: "quarantine", label: quarantine, children: <QuarantineTab /> },
          { key: "schemas", label: t("events.tab.schemas"), children: <SchemasTab /> },
          { key: "sources", label: t("events.tab.sources"), children: <SourcesTab /> },
        ]}
      />
    </>
  );
}
