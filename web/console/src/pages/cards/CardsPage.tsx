import { PlusOutlined, ShoppingOutlined } from "@ant-design/icons";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { useFilters } from "../../parts/useFilters";
import { BatchDrawer } from "./BatchDrawer";
import { BatchesTab } from "./BatchesTab";
import { CardList } from "./CardList";
import { SellDialog } from "./SellDialog";

const NAMES = ["tab"] as const;

/** Cards: printed in batches, sold, found again by their numbers. */
export default function CardsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState<"sell" | "print" | null>(null);
  const { filters, setFilters } = useFilters(NAMES);
  const close = () => setOpen(null);
  const print = can("stored_value.write") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("print")}>
      {t("cards.batch.add")}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t("cards.title")}
        hint={t("cards.hint")}
        actions={
          <>
            {can("stored_value.sell") && (
              <Button icon={<ShoppingOutlined />} onClick={() => setOpen("sell")}>
                {t("cards.sell.do")}
              </Button>
            )}
            {print}
          </>
        }
      />
      <Tabs
        activeKey={filters.tab ?? "batches"}
        onChange={(tab) => setFilters({ tab: tab === "batches" ? "" : tab })}
        destroyOnHidden
        items={[
          { key: "batches", label: t("cards.tab.batches"), children: <BatchesTab action={print} /> },
          { key: "cards", label: t("cards.tab.cards"), children: <CardList /> },
        ]}
      />
      {open === "print" && <BatchDrawer onClose={close} />}
      {open === "sell" && <SellDialog onClose={close} />}
    </>
  );
}
