import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWallet } from "../../api/members";
import type { Wallet } from "../../api/types";
import { useCan } from "../../app/session";
import { Panel } from "../../parts/Panel";
import { ListSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { Balances } from "./wallet/Balances";
import { CardsOfMember } from "./wallet/CardsOfMember";
import { CouponsOfMember } from "./wallet/CouponsOfMember";
import { Lots } from "./wallet/Lots";
import { StatementPanel } from "./wallet/StatementPanel";
import { TopUpsOfMember } from "./wallet/TopUpsOfMember";
import styles from "./wallet/wallet.module.css";

/** What she holds, what it is made of, and every movement. */
export function WalletTab({ memberId }: { memberId: string }) {
  const wallet = useWallet(memberId);
  if (wallet.isPending) return <ListSkeleton />;
  if (wallet.error) return <ErrorState error={wallet.error} onRetry={() => wallet.refetch()} />;
  return (
    <div className={styles.wallet}>
      <Balances memberId={memberId} wallet={wallet.data} />
      <Parts memberId={memberId} wallet={wallet.data} />
      <StatementPanel memberId={memberId} />
    </div>
  );
}

type Part = "points" | "stored" | "packets" | "coupons" | "cards" | "topUps";

function Parts({ memberId, wallet }: { memberId: string; wallet: Wallet }) {
  const { t } = useTranslation();
  const can = useCan();
  const [part, setPart] = useState<Part>("points");
  const parts: Part[] = ["points", "stored", "packets"];
  if (can("offers.read")) parts.push("coupons");
  if (can("stored_value.read")) parts.push("cards", "topUps");
  return (
    <Panel
      flush
      title={t("wallet.parts")}
      definition={t("wallet.partsHint")}
      extra={
        <div className={styles.choose}>
          <Segmented
            size="small"
            value={part}
            onChange={setPart}
            options={parts.map((value) => ({ value, label: t(`wallet.part.${value}`) }))}
          />
        </div>
      }
    >
      <div className={styles.inner}>
        {part === "points" && <Lots money={false} holdings={{ points: wallet.points }} />}
        {part === "stored" && (
          <Lots
            money
            holdings={{ stored_principal: wallet.stored_principal, stored_bonus: wallet.stored_bonus }}
          />
        )}
        {part === "packets" && <Lots money holdings={{ red_packet: wallet.red_packets }} />}
        {part === "coupons" && <CouponsOfMember memberId={memberId} />}
        {part === "cards" && <CardsOfMember memberId={memberId} />}
        {part === "topUps" && <TopUpsOfMember memberId={memberId} />}
      </div>
    </Panel>
  );
}
