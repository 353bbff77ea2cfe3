import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useOrders } from "../../api/orders";
import { useCan } from "../../app/session";
import { DataList } from "../../parts/DataList";
import { ExportButton } from "../../parts/ExportButton";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { sortOf } from "../../parts/sort";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import { orderColumns } from "./columns";
import { ORDER_FILTERS, OrderFilters, orderQuery } from "./OrderFilters";
import { OrderTile } from "./OrderTile";

const LIMIT = 50;
const SORTS = ["placed_at", "paid_minor", "discount_minor", "units"] as const;
const NAMES = [...ORDER_FILTERS, "sort"] as const;

export default function OrdersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const can = useCan();
  const phone = usePhone();
  const { filters, setFilters } = useFilters(NAMES);
  const { sort: asked, ...wanted } = filters;
  const sort = sortOf(asked, SORTS, "-placed_at");
  const cursor = useCursor(filters);
  const search = { ...orderQuery(wanted), sort };
  const query = useOrders({ ...search, limit: LIMIT, cursor: cursor.cursor });
  const columns = useMemo(() => orderColumns(t, format, label), [t, format, label]);
  const clear = () => setFilters(Object.fromEntries(ORDER_FILTERS.map((name) => [name, ""])));
  return (
    <>
      <PageHeader title={t("orders.title")} />
      <OrderFilters
        values={wanted}
        onChange={setFilters}
        onClear={clear}
        tools={!phone && can("orders.export") && <ExportButton path="/v1/orders/export" query={search} />}
      />
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        to={(row) => `/orders/${row.id}`}
        card={(row) => <OrderTile row={row} />}
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
        empty={
          <EmptyState
            filtered={Object.keys(wanted).length > 0}
            onClear={clear}
            title={t("orders.empty")}
            hint={t("orders.emptyHint")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}
