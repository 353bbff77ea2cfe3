import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMerchants } from "../../api/merchants";
import type { Merchant } from "../../api/types";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { OneTimeSecret } from "../../parts/OneTimeSecret";
import { PageHeader } from "../../parts/PageHeader";
import { SearchBox } from "../../parts/SearchBox";
import { sortOf } from "../../parts/sort";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { When } from "../../parts/When";
import { MerchantDrawer, type NewOwner } from "./MerchantDrawer";

const LIMIT = 50;
const NAMES = ["q", "sort"] as const;
const SORTS = ["name", "created_at"] as const;

/** For those who run the platform: the merchants on it. */
export default function MerchantsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const [owner, setOwner] = useState<NewOwner | null>(null);
  const { filters, setFilters } = useFilters(NAMES);
  const sort = sortOf(filters.sort, SORTS, "-created_at");
  const cursor = useCursor(filters);
  const query = useMerchants({ q: filters.q, sort, limit: LIMIT, cursor: cursor.cursor });
  const clear = () => setFilters({ q: "" });
  const columns: Column<Merchant>[] = [
    {
      key: "name",
      title: t("merchants.column.name"),
      sortable: true,
      render: (_, row) => <strong>{row.name}</strong>,
    },
    { key: "currency", title: t("merchants.column.currency"), render: (_, row) => row.currency },
    { key: "timezone", title: t("merchants.column.timezone"), render: (_, row) => row.timezone },
    { key: "locale", title: t("merchants.column.locale"), render: (_, row) => row.locale },
    {
      key: "created_at",
      sortable: true,
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
      <FilterBar
        active={0}
        onClear={clear}
        search={
          <SearchBox
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            placeholder={t("merchants.search")}
          />
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
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
        empty={<EmptyState filtered={Boolean(filters.q)} onClear={clear} hint={t("merchants.emptyHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
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
