import { PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCategories, useProducts } from "../../api/catalog";
import type { Product } from "../../api/types";
import { useCan } from "../../app/session";
import { DataList } from "../../parts/DataList";
import { ExportButton } from "../../parts/ExportButton";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { SearchBox } from "../../parts/SearchBox";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import { ProductDrawer } from "./ProductDrawer";
import { ProductTile } from "./ProductTile";
import { useProductColumns } from "./useProductColumns";

const LIMIT = 50;
const NAMES = ["q", "category_id", "status"] as const;
const STATUSES = ["on_shelf", "off_shelf"] as const;

const isStatus = (text: string | undefined): text is Product["status"] =>
  STATUSES.some((status) => status === text);

export default function ProductsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const phone = usePhone();
  const [open, setOpen] = useState<Product | "new" | null>(null);
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const cursor = useCursor(filters);
  const { status, ...found } = filters;
  const wanted = { ...found, ...(isStatus(status) && { status }) };
  const query = useProducts({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const categories = useCategories();
  const columns = useProductColumns(can("catalog.write") ? setOpen : undefined);
  return (
    <>
      <PageHeader
        title={t("products.title")}
        actions={
          can("catalog.write") && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
              {t("products.add")}
            </Button>
          )
        }
      />
      <FilterBar
        active={Object.keys(wanted).length - (wanted.q ? 1 : 0)}
        onClear={clear}
        tools={!phone && <ExportButton path="/v1/products/export" query={wanted} />}
        search={
          <SearchBox
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            placeholder={t("products.search")}
          />
        }
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          value={filters.category_id ?? null}
          placeholder={t("filter.category")}
          aria-label={t("filter.category")}
          style={{ width: 220 }}
          options={categories.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          onChange={(category_id: string | null) => setFilters({ category_id: category_id ?? "" })}
        />
        <Select
          allowClear
          value={wanted.status ?? null}
          placeholder={t("filter.status")}
          aria-label={t("filter.status")}
          style={{ width: 110 }}
          options={STATUSES.map((value) => ({ value, label: label("productStatus", value) }))}
          onChange={(value: string | null) => setFilters({ status: value ?? "" })}
        />
      </FilterBar>
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => <ProductTile row={row} />}
        empty={<EmptyState filtered={any} onClear={clear} hint={t("products.emptyHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {open !== null && (
        <ProductDrawer product={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
