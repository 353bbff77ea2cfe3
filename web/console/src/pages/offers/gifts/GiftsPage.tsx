import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../../parts/PageHeader";
import { useFilters } from "../../../parts/useFilters";
import { GIFT_FILTERS } from "./GiftFilters";
import { GiftsTab } from "./GiftsTab";
import { SharesTab } from "./SharesTab";

const NAMES = ["tab", ...GIFT_FILTERS] as const;

/** What members give each other: coupons by a link, and red packets that friends split. */
export default function GiftsPage() {
  const { t } = useTranslation();
  const { filters, setFilters } = useFilters(NAMES);
  return (
    <>
      <PageHeader title={t("gifts.title")} hint={t("gifts.hint")} />
      <Tabs
        activeKey={filters.tab ?? "coupons"}
        onChange={(tab) => setFilters({ tab: tab === "coupons" ? "" : tab, status: "", of: "", member: "" })}
        destroyOnHidden
        items={[
          { key: "coupons", label: t("gifts.tab.coupons"), children: <GiftsTab /> },
          { key: "packets", label: t("gifts.tab.packets"), children: <SharesTab /> },
        ]}
      />
    </>
  );
}
