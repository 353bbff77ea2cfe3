import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Programme } from "../../api/types";
import { useCan } from "../../app/session";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";
import styles from "./ProgrammePage.module.css";

/** The levels, and how many members are in each. */
export function TierCards({ tiers }: { tiers: Programme["tiers"] }) {
  return (
    <div className={styles.tiers}>
      {tiers.map((tier) => (
        <TierCard key={tier.id} tier={tier} />
      ))}
    </div>
  );
}

function TierCard({ tier }: { tier: Programme["tiers"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const facts = [
    [t("programme.tier.threshold"), format.number(tier.threshold_growth)],
    [
      t("programme.tier.discount"),
      tier.discount_bps > 0 ? `−${format.percent(tier.discount_bps)}` : t("programme.tier.noDiscount"),
    ],
    [
      t("programme.tier.multiplier"),
      t("programme.tier.times", { value: format.number(tier.points_multiplier_bps / 10_000) }),
    ],
  ] as const;
  return (
    <section className={styles.tier}>
      <TierBadge tier={tier} />
      <strong className="num">
        {can("members.read") ? (
          <Link to={`/members?tier_id=${tier.id}`}>{format.number(tier.members)}</Link>
        ) : (
          format.number(tier.members)
        )}
        <small>{t("programme.members")}</small>
      </strong>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name} className="spread">
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
