import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/client";
import { checkCard } from "../../api/till";
import { useCan } from "../../app/session";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { isCardNumber } from "./entry";
import type { Desk } from "./useDesk";

/** After these the server will not take the passes again: the cards have to be shown once more. */
const OUT = new Set(["card_pass_expired", "card_not_usable"]);

/** Gift and stored-value cards: number, then PIN. The PIN is sent, and never kept or shown. */
export function useCards(desk: Desk, quoteError: unknown, locked: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const can = useCan();
  const { basket, move } = desk;
  const [number, setNumber] = useState<string | null>(null);
  const [from, setFrom] = useState<"items" | "pay">("items");
  const [checking, setChecking] = useState(false);
  const out = basket.cards.length > 0 && quoteError instanceof Problem && OUT.has(quoteError.code);

  useEffect(() => {
    if (!out) return;
    move({ type: "cards", cards: [] });
    desk.refuse(quoteError);
  }, [out, move, quoteError, desk]);

  function open(known: string | null = null): void {
    if (locked || basket.held || basket.step === "done" || !can("stored_value.sell")) return;
    desk.type("");
    setNumber(known);
    setFrom(basket.step === "pay" ? "pay" : "items");
    move({ type: "step", step: "card" });
  }

  function close(): void {
    desk.type("");
    setNumber(null);
    move({ type: "step", step: from });
  }

  async function check(of: string, pin: string): Promise<void> {
    setChecking(true);
    try {
      const card = await checkCard(of, pin);
      if (card.status !== "active") {
        desk.say(t("cashier.card.notUsable", { status: label("cardStatus", card.status) }));
      } else if (card.balance_minor === 0) {
        desk.say(t("cashier.card.empty"));
      } else {
        const { id, balance_minor } = card;
        move({ type: "card", card: { id, pass: card.pass, number: card.number, balance_minor } });
        desk.tell(t("cashier.card.added", { amount: format.money(balance_minor) }));
        setNumber(null);
        move({ type: "step", step: from });
      }
    } finally {
      setChecking(false);
    }
  }

  function submit(entered: string): void {
    if (entered === "" || checking) return;
    if (number !== null) {
      desk.type("");
      desk.enqueue(() => check(number, entered));
    } else if (isCardNumber(entered)) {
      desk.type("");
      setNumber(entered);
    } else {
      desk.say(t("cashier.card.wrongNumber"));
    }
  }

  return {
    /** The number whose PIN is asked for; null: a number is. */
    number,
    checking,
    open,
    close,
    submit,
    remove: (id: string) =>
      !locked && move({ type: "cards", cards: basket.cards.filter((card) => card.id !== id) }),
    may: can("stored_value.sell"),
  };
}
