import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Holding, Wallet } from "../../../api/types";
import { useCan } from "../../../app/session";
import { Panel } from "../../../parts/Panel";
import { useFormat } from "../../../parts/useFormat";
import { AdjustPoints } from "./AdjustPoints";
import { TopUpDialog } from "./TopUpDialog";
import styles from "./wallet.module.css";

/** What she has at this moment, and what of it ends next. */
export function Balances({ memberId, wallet }: { memberId: string; wallet: Wallet }) {
  return (
    <div className={styles.balances}>
      <Points memberId={memberId} wallet={wallet} />
      <StoredValue memberId={memberId} wallet={wallet} />
      <RedPackets packets={wallet.red_packets} />
      <Growth balance={wallet.growth.balance} />
    </div>
  );
}

function Points({ memberId, wallet: { points } }: { memberId: string; wallet: Wallet }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [adjusting, setAdjusting] = useState(false);
  const first = points.lots.find((lot) => lot.available_at !== null && isAhead(lot.available_at));
  return (
    <Panel
      title={t("wallet.points")}
      definition={t("wallet.pointsHint")}
      extra={
        can("points.adjust") && (
          <Button size="small" onClick={() => setAdjusting(true)}>
            {t("wallet.adjust.open")}
          </Button>
        )
      }
    >
      <strong className={`num ${styles.figure}`}>{format.number(points.balance)}</strong>
      <ul className={styles.facts}>
        {points.owed > 0 && (
          <li className={styles.owed}>
            {t("wallet.owed")} <b>{format.number(points.owed)}</b>
          </li>
        )}
        {points.pending > 0 && (
          <li>
            {t("wallet.pending")} <b>{format.number(points.pending)}</b>
            {first?.available_at && ` · ${t("wallet.from", { date: format.date(first.available_at) })}`}
          </li>
        )}
        <Ending holding={points} say={format.number} />
      </ul>
      {adjusting && <AdjustPoints memberId={memberId} onClose={() => setAdjusting(false)} />}
    </Panel>
  );
}

function StoredValue({ memberId, wallet }: { memberId: string; wallet: Wallet }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [paying, setPaying] = useState(false);
  const { stored_principal: principal, stored_bonus: bonus } = wallet;
  return (
    <Panel
      title={t("wallet.stored")}
      definition={t("wallet.storedHint")}
      extra={
        can("stored_value.sell") && (
          <Button size="small" onClick={() => setPaying(true)}>
            {t("wallet.topUp.open")}
          </Button>
        )
      }
    >
      <strong className={`num ${styles.figure}`}>{format.money(principal.balance + bonus.balance)}</strong>
      <ul className={styles.facts}>
        <li>
          {t("wallet.principal")} <b>{format.money(principal.balance)}</b> · {t("wallet.bonus")}{" "}
          <b>{format.money(bonus.balance)}</b>
        </li>
        <Ending holding={bonus.expiring.length > 0 ? bonus : principal} say={format.money} quiet />
      </ul>
      {paying && <TopUpDialog memberId={memberId} onClose={() => setPaying(false)} />}
    </Panel>
  );
}

function RedPackets({ packets }: { packets: Holding }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("wallet.packets")}>
      <strong className={`num ${styles.figure}`}>{format.money(packets.balance)}</strong>
      <ul className={styles.facts}>
        <Ending holding={packets} say={format.money} />
      </ul>
    </Panel>
  );
}

function Growth({ balance }: { balance: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("member.wallet.growth")} definition={t("wallet.growthHint")}>
      <strong className={`num ${styles.figure}`}>{format.number(balance)}</strong>
    </Panel>
  );
}

interface EndingProps {
  holding: Holding;
  say: (amount: number) => ReactNode;
  /** Nothing is said where nothing ends. */
  quiet?: boolean;
}

/** What ends next. */
function Ending({ holding, say, quiet }: EndingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const next = holding.expiring[0];
  if (!next) return quiet || holding.balance === 0 ? null : <li>{t("wallet.endsNever")}</li>;
  return (
    <li className={styles.soon}>
      <b>{say(next.amount)}</b> {t("wallet.ends", { date: format.day(next.on) })}
    </li>
  );
}

const isAhead = (moment: string) => new Date(moment).getTime() > Date.now();
