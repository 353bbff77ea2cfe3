import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useQuote } from "../../api/checkout";
import type { Order, Product } from "../../api/types";
import { useSession } from "../../app/session";
import { useFormat } from "../../parts/useFormat";
import { quoteRequest } from "./asking";
import type { Step } from "./basket";
import { useCards } from "./useCards";
import { useCode } from "./useCode";
import { useDesk } from "./useDesk";
import { useHeld } from "./useHeld";
import { useLines } from "./useLines";
import { useMember } from "./useMember";
import { useMoney } from "./useMoney";
import { useOffers } from "./useOffers";
import { usePayment } from "./usePayment";

/** Everything the till can do, for keys and buttons alike. */
export function useTill(storeId: string | undefined) {
  const { t } = useTranslation();
  const format = useFormat();
  const { account } = useSession();
  const { desk, note } = useDesk(storeId, account.id);
  const { basket, move } = desk;
  const { step } = basket;

  const request = useMemo(() => quoteRequest(basket, storeId), [basket, storeId]);
  const quote = useQuote(step === "done" ? null : request);
  const fresh = quote.isPlaceholderData || quote.isError ? undefined : quote.data;
  const shown = request === null ? undefined : quote.data;
  const code = useCode(desk);
  const onHeld = (order: Order) => {
    if (code.begin(order)) return;
    move({ type: "cleared" });
    const until = order.hold_until ? format.dateTime(order.hold_until) : "";
    desk.tell(t("cashier.held.done", { number: order.number, until }));
  };
  const payment = usePayment({ basket, move, onProblem: desk.refuse, onHeld });
  const locked = basket.pending !== null || code.waiting !== null;
  const cards = useCards(desk, quote.error, locked);
  const offers = useOffers(desk, shown, quote.error, locked);
  const lines = useLines(desk, locked, cards.open, offers.enter);
  const member = useMember(desk, locked);
  const money = useMoney(desk, request, fresh, payment, code.use);
  const held = useHeld(desk, request, fresh, payment, locked);

  function type(text: string): void {
    desk.type(text);
    member.dropJoiner();
  }

  function goTo(wanted: Step): void {
    if (locked || step === "done" || basket.held) return;
    if (wanted === "pay" && basket.lines.length === 0) return;
    type("");
    move({ type: "step", step: wanted });
  }

  function next(): void {
    type("");
    lines.forget();
    move({ type: "cleared" });
  }

  function submit(picked: Product | undefined): void {
    const entered = desk.text.trim();
    if (step === "done") next();
    else if (locked) void (payment.unsure && payment.again());
    else if (step === "pay") money.take();
    else if (step === "card") cards.submit(entered);
    else if (step === "held") held.takeUp(held.picked);
    else if (member.joiner !== null) member.joinNow();
    else if (step === "member") member.find(entered);
    else if (step === "offers") entered === "" ? offers.toggle(offers.picked) : offers.enter(entered);
    else if (picked) lines.pick(picked);
    else if (entered === "") goTo("pay");
    else lines.submit(entered);
  }

  /** One step back, whatever is open. */
  function back(): void {
    if (desk.text) type("");
    else if (lines.lost.length > 0) lines.forget();
    else if (code.waiting) code.stop();
    else if (locked || step === "done") return;
    else if (step === "card") cards.close();
    else if (basket.held) held.putBack();
    else goTo("items");
  }

  return {
    basket,
    quote: shown,
    fresh: fresh !== undefined,
    quoteError: quote.error,
    payment,
    locked,
    text: desk.text,
    note,
    type,
    submit,
    back,
    goTo,
    next,
    lines,
    member,
    offers,
    cards,
    code,
    money,
    held,
    toggleStored: () => !locked && step !== "done" && move({ type: "stored", use: !basket.useStored }),
    togglePoints: () => !locked && step !== "done" && move({ type: "points", use: !basket.usePoints }),
  };
}

export type Till = ReturnType<typeof useTill>;
