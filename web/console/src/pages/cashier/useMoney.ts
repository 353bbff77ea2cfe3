import { useTranslation } from "react-i18next";
import { useCounterProviders } from "../../api/till";
import type { Quote, QuoteRequest } from "../../api/types";
import { currencyDigits, parseMinor } from "../../parts/format";
import { useFormat } from "../../parts/useFormat";
import { type Taken, TENDERS, type TenderKind } from "./basket";
import { type Wallet, walletOf } from "./entry";
import type { Desk } from "./useDesk";
import type { Asked, usePayment } from "./usePayment";

const sum = (taken: Taken[]) => taken.reduce((total, { amount_minor }) => total + amount_minor, 0);

/** Money, in as many parts as the customer likes: what is taken, what is left, what goes back. */
export function useMoney(
  desk: Desk,
  request: QuoteRequest | null,
  quote: Quote | undefined,
  payment: ReturnType<typeof usePayment>,
  onAsk: (code: string | null) => void,
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

  /** The provider makes codes to show for this way of paying: it is asked, and nothing is taken on trust. */
  const providers = useCounterProviders().data?.items ?? [];
  const shown = providers.find(({ provider, methods }) => provider === tender && methods.includes("native"));
  const shows = shown !== undefined && left > 0;

  function settle(tenders: Taken[]): void {
    desk.type("");
    if (held) void payment.payHeld(held.id, tenders);
    else if (request && quote) void payment.pay(request, quote, tenders);
  }

  /** Asked once the order is placed: the phone behind a scanned code, or whoever scans the one that is shown. */
  function charge(code: string | null, asked: Asked): void {
    onAsk(code);
    desk.type("");
    if (held) void payment.payHeld(held.id, taken, asked);
    else if (request && quote) void payment.charge(request, quote, taken, asked);
  }

  function take(byHand = false): void {
    if (!held && !quote) return;
    const wallet = walletOf(entered);
    if (left <= 0) settle(taken);
    else if (wallet) charge(entered, { provider: wallet, method: "auth_code", amount_minor: left });
    else if (received === null || received === 0) desk.say(t("cashier.pay.wrong"));
    else if (received > left && tender !== "cash") {
      desk.say(t("cashier.pay.over", { amount: format.money(left) }));
    } else if (shows && !byHand) {
      charge(null, { provider: tender as Wallet, method: "native", amount_minor: received });
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
    /** Enter shows a code to the customer, instead of taking what is entered. */
    shows,
    take: () => take(),
    /** It came another way, which the provider is not asked about. */
    record: () => shows && take(true),
    /** The last part was a mistake. */
    untake: () => move({ type: "taken", taken: taken.slice(0, -1) }),
    next: () => {
      const at = TENDERS.indexOf(tender);
      move({ type: "tender", tender: TENDERS[(at + 1) % TENDERS.length] as TenderKind });
    },
    set: (kind: TenderKind) => move({ type: "tender", tender: kind }),
  };
}
