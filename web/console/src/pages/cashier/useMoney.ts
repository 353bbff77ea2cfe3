import { useTranslation } from "react-i18next";
import type { Quote, QuoteRequest } from "../../api/types";
import { currencyDigits, parseMinor } from "../../parts/format";
import { useFormat } from "../../parts/useFormat";
import { type Taken, TENDERS, type TenderKind } from "./basket";
import { type Wallet, walletOf } from "./entry";
import type { Desk } from "./useDesk";
import type { usePayment } from "./usePayment";

const sum = (taken: Taken[]) => taken.reduce((total, { amount_minor }) => total + amount_minor, 0);

/** Money, in as many parts as the customer likes: what is taken, what is left, what goes back. */
export function useMoney(
  desk: Desk,
  request: QuoteRequest | null,
  quote: Quote | undefined,
  payment: ReturnType<typeof usePayment>,
  onScan: (code: string) => void,
) {
  const { t } = useTranslation();
  const format = useFormat();
  const { basket, move } = desk;
  const { held, taken, tender } = basket;
  const due = held ? held.due_minor : (quote?.payable_minor ?? 0);
  const left = due - sum(taken);

  /** What the input says, or all that is left. */
  const entered = desk.text.trim();
  const received = entered === "" ? Math.max(0, left) : parseMinor(entered, currencyDigits(format.currency));

  function settle(tenders: Taken[]): void {
    desk.type("");
    if (held) void payment.payHeld(held.id, tenders);
    else if (request && quote) void payment.pay(request, quote, tenders);
  }

  /** A code scanned from a phone pays all that is left. */
  function charge(wallet: Wallet): void {
    if (!request || !quote) {
      desk.say(t("cashier.code.notHeld"));
      return;
    }
    onScan(entered);
    desk.type("");
    void payment.charge(request, quote, taken, wallet, left);
  }

  function take(): void {
    if (!held && !quote) return;
    const wallet = walletOf(entered);
    if (left <= 0) settle(taken);
    else if (wallet) charge(wallet);
    else if (received === null || received === 0) desk.say(t("cashier.pay.wrong"));
    else if (received > left && tender !== "cash") {
      desk.say(t("cashier.pay.over", { amount: format.money(left) }));
    } else if (received >= left) settle([...taken, { kind: tender, amount_minor: received }]);
    else {
      desk.type("");
      move({ type: "taken", taken: [...taken, { kind: tender, amount_minor: received }] });
    }
  }

  return {
    due,
    left,
    /** What is entered is only a part of what is left. */
    partly: received !== null && received > 0 && received < left,
    received,
    take,
    /** The last part was a mistake. */
    untake: () => move({ type: "taken", taken: taken.slice(0, -1) }),
    next: () => {
      const at = TENDERS.indexOf(tender);
      move({ type: "tender", tender: TENDERS[(at + 1) % TENDERS.length] as TenderKind });
    },
    set: (kind: TenderKind) => move({ type: "tender", tender: kind }),
  };
}
