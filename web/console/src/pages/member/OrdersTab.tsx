import { useTranslation } from "react-i18next";
import { useMemberOrders } from "../../api/members";
import { DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { orderColumns } from "../orders/columns";
import { OrderTile } from "../orders/OrderTile";

export function OrdersTab({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const cursor = useCursor(memberId);
  const query = useMemberOrders(memberId, cursor.cursor);
  const columns = orderColumns(t, format, label)
    .filter(({ key }) => key !== "member")
    .map(({ sortable: _, ...column }) => column);
  return (
    <DataList
      query={listOf(query)}
      columns={columns}
      rowKey={(row) => row.id}
      to={(row) => `/orders/${row.id}`}
      card={(row) => <OrderTile row={row} />}
      empty={<EmptyState title={t("orders.empty")} />}
      pager={{ cursor, next: query.data?.next_cursor, limit: 20 }}
    />
  );
}
