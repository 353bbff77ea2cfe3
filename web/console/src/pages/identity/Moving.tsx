import { useTranslation } from "react-i18next";
import type { Moving as Row } from "../../api/identity";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./identity.module.css";

/** What people know by name; the other tables hold the details of these. */
const NAMED = [
  "orders",
  "refunds",
  "coupons",
  "cards",
  "top_ups",
  "subscriptions",
  "families",
  "family_people",
  "benefit_grants",
  "points_requests",
  "ledger_transactions",
  "coupon_gifts",
  "shared_packets",
  "shared_packet_claims",
  "campaign_members",
  "member_tags",
  "visitors",
  "members",
];

/** How much of what moves with a merge. What is never counted (identifiers, balances, consent) is said. */
export function Moving({ rows }: { rows: Row[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const named = NAMED.flatMap((table) => rows.filter((row) => row.table === table));
  return (
    <div className={styles.moving}>
      {named.length > 0 ? (
        <dl aria-label={t("identity.moving")}>
          {named.map(({ table, rows: count }) => (
            <div key={table}>
              <dt>{label("movedTable", table)}</dt>
              <dd className="num">{format.number(count)}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="muted small">{t("identity.nothingMoves")}</p>
      )}
      <p className="muted small">{t("identity.alsoMoves")}</p>
    </div>
  );
}
