import { Badge, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { usePayments } from "../../api/payments";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { useFilters } from "../../parts/useFilters";
import { AccountsTab } from "./AccountsTab";
import { PaymentsTab } from "./PaymentsTab";

const NAMES = ["tab"] as const;

/** Money through providers: what needs a person, all of it, and the accounts. */
export default function PaymentsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const { filters, setFilters } = useFilters(NAMES);
  const waiting = usePayments({ attention: true, limit: 50 }).data?.items.length ?? 0;
  return (
    <>
      <PageHeader title={t("payments.title")} hint={t("payments.hint")} />
      <Tabs
        activeKey={filters.tab ?? "attention"}
        onChange={(tab) => setFilters({ tab: tab === "attention" ? "" : tab })}
        destroyOnHidden
        items={[
          {
            key: "attention",
            label: (
              <Badge count={waiting} size="small" offset={[9, -1]}>
                {t("payments.tab.attention")}
              </Badge>
            ),
            children: <PaymentsTab attention />,
          },
          { key: "all", label: t("payments.tab.all"), children: <PaymentsTab /> },
          ...(can("payments.write")
            ? [{ key: "accounts", label: t("payments.tab.accounts"), children: <AccountsTab /> }]
            : []),
        ]}
      />
    </>
  );
}
