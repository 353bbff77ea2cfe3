import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClearingDebt } from "../../api/clearing";
import { Panel } from "../../parts/Panel";
import { usePhone } from "../../parts/usePhone";
import { DebtGroups } from "./DebtGroups";
import { DebtMatrix } from "./DebtMatrix";

/** More parties than these on a side make a matrix that nobody can read. */
const WIDEST = 8;

interface Props {
  debts: readonly ClearingDebt[];
  onPick?: (debt: ClearingDebt) => void;
}

/** Who pays whom, for what: a matrix of the parties where they are few, else by who pays. */
export function Debts({ debts, onPick }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [chosen, choose] = useState<"matrix" | "list">("matrix");
  const debtors = new Set(debts.map(({ debtor }) => debtor.id));
  const creditors = new Set(debts.map(({ creditor }) => creditor.id));
  const fits = !phone && Math.max(debtors.size, creditors.size) <= WIDEST;
  const how = fits ? chosen : "list";
  return (
    <Panel
      flush
      title={t("clearing.debts.title")}
      definition={t("clearing.debts.definition")}
      extra={
        fits && (
          <Segmented
            size="small"
            value={how}
            onChange={choose}
            options={(["matrix", "list"] as const).map((value) => ({
              value,
              label: t(`clearing.debts.${value}`),
            }))}
          />
        )
      }
    >
      {how === "matrix" ? <DebtMatrix debts={debts} /> : <DebtGroups debts={debts} onPick={onPick} />}
    </Panel>
  );
}
