import { Tag } from "antd";
import type { OrderRow } from "../api/types";
import { useLabel } from "./useLabel";

const COLOUR: Record<OrderRow["status"], string> = {
  pending: "warning",
  paid: "success",
  partially_refunded: "processing",
  refunded: "default",
  cancelled: "default",
};

export function OrderStatusTag({ status }: { status: OrderRow["status"] }) {
  const label = useLabel();
  return (
    <Tag variant="filled" color={COLOUR[status]} style={{ margin: 0 }}>
      {label("orderStatus", status)}
    </Tag>
  );
}
