import { PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useRegions, useStores } from "../../api/stores";
import type { Store } from "../../api/types";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { ExportButton } from "../../parts/ExportButton";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { SearchBox } from "../../parts/SearchBox";
import { sortOf } from "../../parts/sort";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import { RegionsButton } from "./RegionsButton";
import { StoreDrawer } from "./StoreDrawer";

const LIMIT = 50;
const FILTERS = ["q", "region_id", "status"] as const;
const NAMES = [...FILTERS, "sort"] as const;
const SORTS = ["code", "name", "opened_on"] as const;
const STATUSES = ["open", "planned", "closed"] as const;

export default function StoresPage() {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const phone = usePhone();
  const [open, setOpen] = useState<Store | "new" | null>(null);
  const { filters, setFilters } = useFilters(NAMES);
  const { sort: asked, status, ...found } = filters;
  const wanted = { ...found, ...(isStatus(status) && { status }) };
  const sort = sortOf(asked, SORTS, "code");
  const regions = useRegions();
  const clear = () => setFilters(Object.fromEntries(FILTERS.map((name) => [name, ""])));
  const cursor = useCursor(filters);
  const query = useStores({ ...wanted, sort, limit: LIMIT, cursor: cursor.cursor });
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
        active={Object.keys(wanted).length - (wanted.q ? 1 : 0)}
        onClear={clear}
        tools={!phone && <ExportButton path="/v1/stores/export" query={wanted} />}
        search={
          <SearchBox value={filters.q} onChange={(q) => setFilters({ q })} placeholder={t("stores.search")} />
        }
      >
        <Select
          allowClear
          value={wanted.region_id ?? null}
          placeholder={t("filter.region")}
          aria-label={t("filter.region")}
          style={{ width: 150 }}
          options={regions.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          onChange={(region_id: string | null) => setFilters({ region_id: region_id ?? "" })}
        />
        <Select
          allowClear
          value={wanted.status ?? null}
          placeholder={t("filter.status")}
          aria-label={t("filter.status")}
          style={{ width: 110 }}
          options={STATUSES.map((value) => ({ value, label: label("storeStatus", value) }))}
          onChange={(value: string | null) => setFilters({ status: value ?? "" })}
        />
      </FilterBar>
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
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
        empty={
          <EmptyState
            filtered={Object.keys(wanted).length > 0}
            onClear={clear}
            hint={t("stores.emptyHint")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {open !== null && <StoreDrawer store={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}

const isStatus = (text: string | undefined): text is Store["status"] =>
  STATUSES.some((status) => status === text);

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
      sortable: true,
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
    {
      key: "opened_on",
      sortable: true,
      title: t("stores.column.opened_on"),
      render: (_, row) => day(row.opened_on),
    },
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
