import type { Product } from "../../api/types";
import { Money } from "../../parts/Money";

/** A product on a phone. */
export function ProductTile({ row }: { row: Product }) {
  return (
    <>
      <div className="spread">
        <strong>{row.name}</strong>
        <Money minor={row.list_price_minor} />
      </div>
      <div className="spread small muted">
        <span className="ellipsis">
          {row.sku}
          {row.category && ` · ${row.category.name}`}
        </span>
        {row.member_price_minor !== null && <Money minor={row.member_price_minor} />}
      </div>
    </>
  );
}
