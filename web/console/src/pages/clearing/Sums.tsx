import type { ClearingDebt, ClearingStatement } from "../../api/clearing";
import { EmptyState } from "../../parts/states";
import styles from "./clearing.module.css";
import { Debts } from "./Debts";
import { Positions } from "./Positions";
import { Reasons } from "./Reasons";

interface Props {
  statement: ClearingStatement;
  onParty?: (partyId: string) => void;
  onDebt?: (debt: ClearingDebt) => void;
  empty: string;
  emptyHint?: string;
}

/** What some days come to: by party, by pair, by reason. */
export function Sums({ statement, onParty, onDebt, empty, emptyHint }: Props) {
  if (statement.debts.length === 0) return <EmptyState title={empty} hint={emptyHint} />;
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Positions positions={statement.positions} {...(onParty && { onPick: onParty })} />
        <Debts debts={statement.debts} {...(onDebt && { onPick: onDebt })} />
      </div>
      <div className={styles.column}>
        <Reasons statement={statement} />
      </div>
    </div>
  );
}
