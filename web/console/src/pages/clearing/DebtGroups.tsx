import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClearingDebt } from "../../api/clearing";
import { Money } from "../../parts/Money";
import { useFormat } from "../../parts/useFormat";
import styles from "./clearing.module.css";
import { Party, useShortName } from "./Party";

const FEW = 8;

interface Props {
  debts: readonly ClearingDebt[];
  onPick?: ((debt: ClearingDebt) => void) | undefined;
}

/** By who pays: to whom, for what, how much; largest first. */
export function DebtGroups({ debts, onPick }: Props) {
  const groups = new Map<string, ClearingDebt[]>();
  for (const debt of debts) groups.set(debt.debtor.id, [...(groups.get(debt.debtor.id) ?? []), debt]);
  const sorted = [...groups.values()].sort((a, b) => total(b) - total(a));
  return (
    <div className={styles.groups}>
      {sorted.map((group) => (
        <Group key={group[0]?.debtor.id} debts={group} onPick={onPick} />
      ))}
    </div>
  );
}

const total = (debts: readonly ClearingDebt[]) => debts.reduce((sum, debt) => sum + debt.amount_minor, 0);

function Group({ debts, onPick }: Props) {
  const { t } = useTranslation();
  const nameOf = useShortName();
  const [all, setAll] = useState(false);
  const sorted = [...debts].sort((a, b) => Math.abs(b.amount_minor) - Math.abs(a.amount_minor));
  const long = sorted.length > FEW + 1;
  const shown = long && !all ? sorted.slice(0, FEW) : sorted;
  const rest = sorted.length - shown.length;
  const debtor = debts[0]?.debtor;
  if (!debtor) return null;
  const creditors = new Set(debts.map(({ creditor }) => creditor.id)).size;
  return (
    <section>
      <h3>
        <span>
          {t("clearing.debts.from", { party: nameOf(debtor) })}
          <small>{t("clearing.debts.creditors", { count: creditors })}</small>
        </span>
        <Money minor={total(debts)} />
      </h3>
      <ul>
        {shown.map((debt) => (
          <li key={`${debt.creditor.id}-${debt.reason}`}>
            <Line debt={debt} onPick={onPick} />
          </li>
        ))}
      </ul>
      {long && (
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {all ? t("clearing.debts.fewer") : t("clearing.debts.more", { count: rest })}
        </Button>
      )}
    </section>
  );
}

function Line({ debt, onPick }: { debt: ClearingDebt; onPick: Props["onPick"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const number = format.number(debt.entries);
  return (
    <>
      {onPick ? (
        <button type="button" className={styles.pick} onClick={() => onPick(debt)}>
          <Party party={debt.creditor} />
        </button>
      ) : (
        <Party party={debt.creditor} />
      )}
      <span className="muted small">
        {format.text(debt.label)} · {t("clearing.entries", { count: debt.entries, number })}
        {debt.late > 0 && ` · ${t("clearing.late", { count: debt.late })}`}
      </span>
      <Money minor={debt.amount_minor} />
    </>
  );
}
