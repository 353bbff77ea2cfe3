import type { TierRef } from "../api/types";
import styles from "./TierBadge.module.css";
import { useFormat } from "./useFormat";

const STEPS = 4;

/** A tier, coloured by its rank; higher ranks look more precious. */
export function TierBadge({ tier }: { tier: TierRef | null | undefined }) {
  const format = useFormat();
  if (!tier) return <span className="muted">—</span>;
  return (
    <span className={styles.badge} data-rank={Math.min(tier.rank, STEPS - 1)}>
      {format.text(tier.name)}
    </span>
  );
}
