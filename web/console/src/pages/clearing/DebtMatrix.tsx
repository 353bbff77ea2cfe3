import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { ClearingDebt, ClearingParty } from "../../api/clearing";
import { Money } from "../../parts/Money";
import { useFormat } from "../../parts/useFormat";
import styles from "./clearing.module.css";
import { useShortName } from "./Party";

/** Rows pay, columns receive; the margins add up to the same in both directions. */
export function DebtMatrix({ debts }: { debts: readonly ClearingDebt[] }) {
  const { t } = useTranslation();
  const nameOf = useShortName();
  const debtors = unique(debts.map(({ debtor }) => debtor));
  const creditors = unique(debts.map(({ creditor }) => creditor));
  const sum = (debtor?: ClearingParty, creditor?: ClearingParty) =>
    debts
      .filter((debt) => !debtor || debt.debtor.id === debtor.id)
      .filter((debt) => !creditor || debt.creditor.id === creditor.id);
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th>{t("clearing.debts.corner")}</th>
            {creditors.map((party) => (
              <th key={party.id} scope="col">
                {nameOf(party)}
              </th>
            ))}
            <th>{t("clearing.column.total")}</th>
          </tr>
        </thead>
        <tbody>
          {debtors.map((debtor) => (
            <tr key={debtor.id}>
              <th scope="row">{nameOf(debtor)}</th>
              {creditors.map((creditor) => (
                <td key={creditor.id}>
                  <Cell debts={sum(debtor, creditor)} self={debtor.id === creditor.id} />
                </td>
              ))}
              <td data-margin>
                <Money minor={total(sum(debtor))} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("clearing.column.total")}</th>
            {creditors.map((creditor) => (
              <td key={creditor.id}>
                <Money minor={total(sum(undefined, creditor))} />
              </td>
            ))}
            <td>
              <Money minor={total(debts)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const total = (debts: readonly ClearingDebt[]) => debts.reduce((sum, debt) => sum + debt.amount_minor, 0);

function unique(parties: ClearingParty[]): ClearingParty[] {
  return [...new Map(parties.map((party) => [party.id, party])).values()];
}

/** An amount; what it is made of on asking. */
function Cell({ debts, self }: { debts: ClearingDebt[]; self: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (self) return <span className={styles.self} />;
  if (debts.length === 0) return <span className="muted">—</span>;
  const parts = debts.map((debt) => `${format.text(debt.label)} ${format.money(debt.amount_minor)}`);
  return (
    <Tooltip
      title={
        <span>
          {parts.map((part) => (
            <span key={part} style={{ display: "block" }}>
              {part}
            </span>
          ))}
        </span>
      }
    >
      <span className={styles.cell}>
        <Money minor={total(debts)} />
        <small>
          {debts.length === 1
            ? format.text(debts[0]?.label)
            : t("clearing.debts.reasons", { count: debts.length })}
        </small>
      </span>
    </Tooltip>
  );
}
