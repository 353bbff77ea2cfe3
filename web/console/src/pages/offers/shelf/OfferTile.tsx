import type { ReactNode } from "react";
import { OfferStatusTag } from "../../../parts/OfferStatusTag";
import styles from "../offers.module.css";
import { type OfferRow, useNameOf } from "./useOfferColumns";

/** An offer on a phone. */
export function OfferTile({
  row,
  says,
  foot,
}: {
  row: Pick<OfferRow, "name" | "code" | "status">;
  says: string;
  foot?: ReactNode;
}) {
  const nameOf = useNameOf();
  return (
    <>
      <div className="spread">
        <strong className="ellipsis">{nameOf(row)}</strong>
        <OfferStatusTag status={row.status} />
      </div>
      <span className={styles.two}>{says}</span>
      {foot && <div className="small muted num">{foot}</div>}
    </>
  );
}
