import { useTranslation } from "react-i18next";
import type { Proposal } from "../../api/proposals";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./identity.module.css";
import { nameOf, probability } from "./names";

interface Props {
  proposal: Proposal;
  current: boolean;
  onOpen: () => void;
}

/** A proposal in the list: who, and in a word why. */
export function ProposalItem({ proposal, current, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { a, b, namespaces, proposed_at, probability_bps } = proposal;
  return (
    <button type="button" className={styles.item} aria-current={current || undefined} onClick={onOpen}>
      <span className="ellipsis strong">
        {nameOf(a)} <span className="muted">·</span> {nameOf(b)}
      </span>
      <span className="small muted num">{format.date(proposed_at)}</span>
      <span className="ellipsis small muted">
        {probability_bps === null
          ? t("identity.seenBy", {
              spaces: namespaces.map((space) => label("namespace", space)).join(t("identity.and")),
            })
          : t("identity.alike", { probability: probability(probability_bps, format.percent) })}
      </span>
    </button>
  );
}
