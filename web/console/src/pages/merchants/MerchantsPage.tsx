import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMerchants } from "../../api/merchants";
import type { Merchant } from "../../api/types";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { OneTimeSecret } from "../../parts/OneTimeSecret";
import { PageHeader } from "../../parts/PageHeader";
import { EmptyState } from "../../parts/states";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { MerchantDrawer, type NewOwner } from "./MerchantDrawer";

/** For those who run the platform: the merchants on it. */
export default function MerchantsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const [adding, setAdding] = useState(false);
  const [owner, setOwner] = useState<NewOwner | null>(null);
  const query = useMerchants();
  const columns: Column<Merchant>[] = [
    { key: "name", title: t("merchants.column.name"), render: (_, row) => <strong>{row.name}</strong> },
    { key: "currency", title: t("merchants.column.currency"), render: (_, row) => row.currency },
    { key: "timezone", title: t("merchants.column.timezone"), render: (_, row) => row.timezone },
    { key: "locale", title: t("merchants.column.locale"), render: (_, row) => row.locale },
    {
      key: "status",
      title: t("merchants.column.status"),
      render: (_, row) => label("merchantStatus", row.status),
    },
    {
      key: "created",
      title: t("merchants.column.created_at"),
      render: (_, row) => <When at={row.created_at} />,
    },
  ];
  return (
    <>
      <PageHeader
        title={t("merchants.title")}
        actions={
          can("merchants.write") && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t("merchants.add")}
            </Button>
          )
        }
      />
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => (
          <>
            <div className="spread">
              <strong>{row.name}</strong>
              <span className="muted">{row.currency}</span>
            </div>
            <div className="small muted">{row.timezone}</div>
          </>
        )}
        empty={<EmptyState hint={t("merchants.emptyHint")} />}
      />
      {adding && <MerchantDrawer onClose={() => setAdding(false)} onTold={setOwner} />}
      <OneTimeSecret
        title={t("merchants.passwordTitle", { name: owner?.merchant ?? "" })}
        hint={t("staff.passwordHint")}
        secret={owner?.password}
        onClose={() => setOwner(null)}
      />
    </>
  );
}
