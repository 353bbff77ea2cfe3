import { BenefitsPanel } from "./BenefitsPanel";
import { FamilyPanel } from "./FamilyPanel";
import { PlansPanel } from "./PlansPanel";
import styles from "./rights.module.css";

/** What a member is entitled to, by what, and with whom she shares. */
export function RightsTab({ memberId }: { memberId: string }) {
  return (
    <div className={styles.tab}>
      <div>
        <PlansPanel memberId={memberId} />
        <FamilyPanel memberId={memberId} />
      </div>
      <div>
        <BenefitsPanel memberId={memberId} />
      </div>
    </div>
  );
}
