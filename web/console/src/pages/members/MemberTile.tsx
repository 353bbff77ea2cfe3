import { useTranslation } from "react-i18next";
import type { MemberRow } from "../../api/types";
import { Money } from "../../parts/Money";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";

/** A member on a phone. */
export function MemberTile({ row }: { row: MemberRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <div className="spread">
        <span className="cluster">
          <strong>{row.name ?? row.number}</strong>
          <TierBadge tier={row.tier} />
        </span>
        <Money minor={row.paid_minor} />
      </div>
      <div className="spread small muted num">
        <span>{row.phone ?? row.number}</span>
        <span>
          {row.last_order_at
            ? `${t("members.card.orders", { count: row.orders })} · ${format.date(row.last_order_at)}`
            : t("members.card.never")}
        </span>
      </div>
    </>
  );
}
