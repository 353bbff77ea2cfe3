import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStores } from "../../api/stores";
import type { Store } from "../../api/types";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { SearchBox } from "../../parts/SearchBox";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { RegionsButton } from "./RegionsButton";
import { StoreDrawer } from "./StoreDrawer";

const LIMIT = 50;
const NAMES = ["q"] as const;

export default function StoresPage() {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const [open, setOpen] = useState<Store | "new" | null>(null);
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const cursor = useCursor(filters);
  const query = useStores({ ...filters, limit: LIMIT, cursor: cursor.cursor });
  const columns = useStoreColumns(can("stores.write") ? setOpen : undefined);
  return (
    <>
      <PageHeader
        title={t("stores.title")}
        actions={
          can("stores.write") && (
            <>
              <RegionsButton />
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
                {t("stores.add")}
              </Button>
            </>
          )
        }
      />
      <FilterBar
        active={0}
        onClear={clear}
        search={
          <SearchBox value={filters.q} onChange={(q) => setFilters({ q })} placeholder={t("stores.search")} />
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
              <span className="muted small">{label("storeStatus", row.status)}</span>
            </div>
            <div className="spread small muted">
              <span>{[row.code, row.region?.name].filter(Boolean).join(" · ")}</span>
              <StoreLinks store={row} />
            </div>
          </>
        )}
        empty={<EmptyState filtered={any} onClear={clear} hint={t("stores.emptyHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {open !== null && <StoreDrawer store={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

function useStoreColumns(onEdit: ((store: Store) => void) | undefined): Column<Store>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const day = (text: string | null) =>
    text ? <span className="num">{format.day(text)}</span> : <span className="muted">—</span>;
  return [
    {
      key: "name",
      title: t("stores.column.name"),
      render: (_, row) =>
        onEdit ? (
          <Button type="link" size="small" style={{ padding: 0, height: "auto" }} onClick={() => onEdit(row)}>
            {row.name}
          </Button>
        ) : (
          row.name
        ),
    },
    {
      key: "code",
      title: t("stores.column.code"),
      render: (_, row) => <span className="num">{row.code}</span>,
    },
    {
      key: "region",
      title: t("stores.column.region"),
      render: (_, row) => row.region?.name ?? <span className="muted">—</span>,
    },
    { key: "opened", title: t("stores.column.opened_on"), render: (_, row) => day(row.opened_on) },
    { key: "closed", title: t("stores.column.closed_on"), render: (_, row) => day(row.closed_on) },
    { key: "status", title: t("stores.column.status"), render: (_, row) => label("storeStatus", row.status) },
    { key: "links", title: "", align: "right", render: (_, row) => <StoreLinks store={row} /> },
  ];
}

function StoreLinks({ store }: { store: Store }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <span className="cluster" style={{ gap: 14 }}>
      {can("reports.read") && <Link to={`/dashboard?store_id=${store.id}`}>{t("stores.report")}</Link>}
      {can("orders.read") && <Link to={`/orders?store_id=${store.id}`}>{t("stores.orders")}</Link>}
    </span>
  );
}
