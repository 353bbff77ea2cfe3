import { PlusOutlined } from "@ant-design/icons";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Staff } from "../../api/types";
import { useCan } from "../../app/session";
import { OneTimeSecret } from "../../parts/OneTimeSecret";
import { PageHeader } from "../../parts/PageHeader";
import { useFilters } from "../../parts/useFilters";
import { RolesTable } from "./RolesTable";
import { StaffDrawer } from "./StaffDrawer";
import { StaffList } from "./StaffList";

const NAMES = ["tab"] as const;

export interface Told {
  name: string;
  password: string;
}

export default function StaffPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState<Staff | "new" | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const { filters, setFilters } = useFilters(NAMES);
  return (
    <>
      <PageHeader
        title={t("staff.title")}
        actions={
          can("staff.write") && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
              {t("staff.add")}
            </Button>
          )
        }
      />
      <Tabs
        activeKey={filters.tab ?? "staff"}
        onChange={(tab) => setFilters({ tab: tab === "staff" ? "" : tab })}
        items={[
          {
            key: "staff",
            label: t("staff.tab.staff"),
            children: <StaffList onEdit={setOpen} onTold={setTold} />,
          },
          { key: "roles", label: t("staff.tab.roles"), children: <RolesTable /> },
        ]}
      />
      {open !== null && (
        <StaffDrawer staff={open === "new" ? null : open} onClose={() => setOpen(null)} onTold={setTold} />
      )}
      <OneTimeSecret
        title={t("staff.passwordTitle", { name: told?.name ?? "" })}
        hint={t("staff.passwordHint")}
        secret={told?.password}
        onClose={() => setTold(null)}
      />
    </>
  );
}
