import { SettingOutlined } from "@ant-design/icons";
import { Button, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageHeader } from "../../parts/PageHeader";
import { useFilters } from "../../parts/useFilters";
import { LikenessTab } from "./likeness/LikenessTab";
import { MergeList } from "./MergeList";
import { ProposalsTab } from "./ProposalsTab";

const LIMIT = 50;
const NAMES = ["tab", "status", "cause", "open"] as const;

/** Who may be one person and waits for somebody to say so, and who was made one. */
export default function IdentityPage() {
  const { t } = useTranslation();
  const { filters, setFilters } = useFilters(NAMES);
  const rules = (
    <Link to="/identity/rules">
      <Button icon={<SettingOutlined />} tabIndex={-1}>
        {t("identityRules.title")}
      </Button>
    </Link>
  );
  return (
    <>
      <PageHeader title={t("identity.title")} hint={t("identity.hint")} actions={rules} />
      <Tabs
        activeKey={filters.tab ?? "proposals"}
        onChange={(tab) =>
          setFilters({ status: "", cause: "", open: "", tab: tab === "proposals" ? "" : tab })
        }
        destroyOnHidden
        items={[
          { key: "proposals", label: t("identity.tab.proposals"), children: <ProposalsTab /> },
          { key: "likeness", label: t("identity.tab.likeness"), children: <LikenessTab /> },
          { key: "merges", label: t("identity.tab.merges"), children: <MergeList limit={LIMIT} /> },
        ]}
      />
    </>
  );
}
