import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Liability, OutstandingAsset } from "../../api/liability";
import { Definition } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import styles from "./liability.module.css";
import { useAmount } from "./useAmount";

const SHOWN = ["points", "stored_principal", "stored_bonus", "red_packet"] as const;

/** The sums that matter, each with what it means. */
export function Figures({ report }: { report: Liability }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={styles.figures}>
      <Figure
        name={t("liability.kpi.owed")}
        definition={t("liability.kpi.owedDefinition")}
        value={format.money(report.owed_minor)}
      />
      {SHOWN.map((asset) => {
        const found = report.outstanding.find((each) => each.asset === asset);
        return found && <Asset key={asset} asset={asset} found={found} />;
      })}
    </dl>
  );
}

function Asset({ asset, found }: { asset: (typeof SHOWN)[number]; found: OutstandingAsset }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountOf = useAmount();
  const amount = (value: number) => amountOf(asset, value);
  const onCards = found.wallets.find(({ wallet }) => wallet === "card")?.amount ?? 0;
  const notes = [
    asset === "points" && t("liability.kpi.worth", { amount: format.money(found.worth_minor) }),
    onCards > 0 && t("liability.kpi.cards", { amount: amount(onCards) }),
    found.pending > 0 && t("liability.kpi.pending", { amount: amount(found.pending) }),
    found.overdue > 0 && t("liability.kpi.overdue", { amount: amount(found.overdue) }),
  ].filter(Boolean);
  return (
    <Figure
      name={t(`liability.kpi.${asset}`)}
      definition={t(`liability.kpi.${asset}Definition`)}
      value={amount(found.total)}
      note={notes.join(" · ")}
    />
  );
}

function Figure({
  name,
  definition,
  value,
  note,
}: {
  name: string;
  definition: string;
  value: ReactNode;
  note?: string;
}) {
  return (
    <div>
      <dt>
        {name} <Definition text={definition} />
      </dt>
      <dd>
        <strong className="num">{value}</strong>
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}
