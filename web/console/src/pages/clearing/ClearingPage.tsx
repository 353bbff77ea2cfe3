import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../parts/PageHeader";
import { useFilters } from "../../parts/useFilters";
import { DaysTab } from "./DaysTab";
import { StatementTab } from "./StatementTab";
import { TermsTab } from "./TermsTab";

const NAMES = ["tab"] as const;

/** Who owes whom, by business day, over a time, and by which terms. */
export default function ClearingPage() {
  const { t } = useTranslation();
  const { filters, setFilters } = useFilters(NAMES);
  return (
    <>
      <PageHeader title={t("clearing.title")} hint={t("clearing.hint")} />
      <Tabs
        activeKey={filters.tab ?? "days"}
        onChange={(tab) => setFilters({ tab: tab === "days" ? "" : tab })}
        destroyOnHidden
        items={[
          { key: "days", label: t("clearing.tab.days"), children: <DaysTab /> },
          { key: "statement", label: t("clearing.tab.statement"), children: <StatementTab /> },
          { key: "terms", label: t("clearing.tab.terms"), children: <TermsTab /> },
        ]}
      />
    </>
  );
}
