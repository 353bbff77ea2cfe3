import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../app/session";
import { useStored } from "../../parts/useStored";
import { BasketTable } from "./BasketTable";
import styles from "./CashierPage.module.css";
import { HeldOrder } from "./HeldOrder";
import { HeldOrders } from "./HeldOrders";
import { KeysHelp } from "./KeysHelp";
import { MemberCard } from "./MemberCard";
import { OfferPicker } from "./OfferPicker";
import { PayPanel } from "./PayPanel";
import { Prompt } from "./Prompt";
import { Receipt } from "./Receipt";
import { ShownCode } from "./ShownCode";
import { Sums } from "./Sums";
import { TopBar } from "./TopBar";
import { useSuggestions } from "./useSuggestions";
import { type Till, useTill } from "./useTill";
import { useFocusKeeper, useTillKeys } from "./useTillKeys";

/** The till: full screen, one input that always has the focus, nothing that needs a mouse. */
export default function CashierPage() {
  const { t } = useTranslation();
  const { stores } = useSession();
  const [stored, setStored] = useStored<string | null>("till.store", null);
  const storeId = stores ? (stores.find(({ id }) => id === stored) ?? stores[0])?.id : (stored ?? undefined);
  const till = useTill(storeId);
  const { text, products } = useSuggestions(till.text, till.basket.step === "items" && !till.basket.held);
  const [help, setHelp] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const keys = useTillKeys(till, products, () => setHelp((shown) => !shown));
  useFocusKeeper(input);
  useEffect(() => {
    document.title = `${t("cashier.title")} · ${t("app.name")}`;
  }, [t]);
  return (
    <div
      className={styles.till}
      role="application"
      aria-label={t("cashier.title")}
      onMouseDown={(event) => {
        // A click acts, but the cursor stays in the box.
        if (!(event.target as Element).closest("input,.ant-select,.ant-dropdown")) event.preventDefault();
      }}
    >
      <TopBar storeId={storeId} onStore={setStored} onHelp={() => setHelp((shown) => !shown)} />
      <main className={styles.work}>
        <Prompt
          till={till}
          input={input}
          suggestions={products}
          picked={keys.picked}
          searched={text}
          onKeyDown={keys.onKeyDown}
          disabled={storeId === undefined}
        />
        <Work till={till} />
      </main>
      <aside className={styles.side}>
        <MemberCard till={till} />
        <Sums till={till} />
        <PayPanel till={till} />
      </aside>
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </div>
  );
}

/** What the step of the sale is about. */
function Work({ till }: { till: Till }) {
  const { step, receipt, held } = till.basket;
  if (step === "done" && receipt) return <Receipt order={receipt} onNext={till.next} />;
  if (till.code.waiting?.method === "native") return <ShownCode till={till} />;
  if (held) return <HeldOrder order={held} />;
  if (step === "held") return <HeldOrders till={till} />;
  if (step === "offers") return <OfferPicker till={till} />;
  return <BasketTable till={till} />;
}
