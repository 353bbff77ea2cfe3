import { useTranslation } from "react-i18next";
import type { OrderRow } from "../../api/types";
import { Money } from "../../parts/Money";
import { OrderStatusTag } from "../../parts/OrderStatusTag";
import { When } from "../../parts/When";

/** An order on a phone. */
export function OrderTile({ row }: { row: OrderRow }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="spread">
        <strong className="ellipsis">
          {row.member ? (row.member.name ?? row.member.number) : t("orders.guest")}
        </strong>
        <Money minor={row.paid_minor} />
      </div>
      <div className="spread small muted">
        <span className="ellipsis">{row.store.name}</span>
        {row.discount_minor > 0 && <Money minor={-row.discount_minor} muted />}
      </div>
      <div className="spread small muted num">
        <span className="cluster">
          {row.number}
          {row.status !== "paid" && <OrderStatusTag status={row.status} />}
        </span>
        <When at={row.placed_at} />
      </div>
    </>
  );
}
