import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuote } from "../../api/checkout";
import type { Product } from "../../api/types";
import { useCan, useSession } from "../../app/session";
import { currencyDigits, parseMinor } from "../../parts/format";
import { useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { type BasketLine, quoteRequest, TENDERS, type TenderKind } from "./basket";
import { mayBePhone, quantityFault, readEntry, readSetQuantity } from "./entry";
import { findMember, join, lookUp } from "./lookUp";
import { useBasket } from "./useBasket";
import { usePayment } from "./usePayment";

/** Everything the till can do, for keys and buttons alike. */
export function useTill(storeId: string | undefined) {
  const { t } = useTranslation();
  const format = useFormat();
  const problemWords = useProblemWords();
  const { account } = useSession();
  const can = useCan();
  const { basket, move } = useBasket(account.id);
  const [text, setText] = useState("");
  const [lost, setLost] = useState<string[]>([]);
  const [note, setNote] = useState<string | null>(null);
  /** A phone number nobody has yet, while its owner is asked to join. */
  const [joiner, setJoiner] = useState<string | null>(null);
  const queue = useRef(Promise.resolve());

  const request = useMemo(() => quoteRequest(basket, storeId), [basket, storeId]);
  const quote = useQuote(basket.step === "done" ? null : request);
  const fresh = quote.isPlaceholderData || quote.isError ? undefined : quote.data;
  const payment = usePayment({ basket, move, onProblem: (error) => setNote(problemWords(error).detail) });
  const locked = basket.pending !== null;

  const type = useCallback((next: string) => {
    setText(next);
    setJoiner(null);
    setNote(null);
  }, []);

  const say = (words: string) => {
    setNote(words);
    return false;
  };

  function add(product: Product, quantity: string): boolean {
    const fault = quantityFault(quantity, product.sold_by);
    if (fault) return say(t(`cashier.find.${fault}`, { name: product.name }));
    move({ type: "added", product, quantity });
    return true;
  }

  /** A product taken from the suggestions. */
  function pick(product: Product): void {
    if (add(product, readEntry(text).quantity ?? "1")) type("");
  }

  function setQuantity(index: number, quantity: string): void {
    const line: BasketLine | undefined = basket.lines[index];
    if (!line || locked) return;
    const fault = quantityFault(quantity, line.product.sold_by);
    if (fault) say(t(`cashier.find.${fault}`, { name: line.product.name }));
    else move({ type: "quantity", index, quantity });
  }

  /** One more or one less of a line by piece; the last one less takes the line away. */
  function step(index: number, by: 1 | -1): void {
    const line = basket.lines[index];
    if (!line || locked || line.product.sold_by === "measure") return;
    const next = Number(line.quantity) + by;
    if (next <= 0) move({ type: "removed", index });
    else setQuantity(index, String(next));
  }

  /**
   * Scans are worked off one after the other: the next may be typed before the last is found, so
   * nothing in here may touch the box.
   */
  function enqueue(work: () => Promise<void>): void {
    queue.current = queue.current.then(work).catch((error) => setNote(problemWords(error).detail));
  }

  /** A scan that came to nothing stays in sight until it is dismissed: the goods are in the bag. */
  const lose = (wanted: string) =>
    setLost((before) => [...before.filter((other) => other !== wanted), wanted]);

  function find(entered: string): void {
    const { quantity, text: wanted } = readEntry(entered);
    if (wanted === "") return;
    type("");
    enqueue(async () => {
      const found = await lookUp(wanted);
      if (found.kind === "product") add(found.product, quantity ?? "1");
      else if (found.kind === "member") move({ type: "member", member: found.member });
      else lose(wanted);
    });
  }

  function findMemberOnly(wanted: string): void {
    if (wanted === "") return;
    type("");
    enqueue(async () => {
      const member = await findMember(wanted);
      if (member) move({ type: "member", member });
      else if (can("members.write") && mayBePhone(wanted)) setJoiner(wanted);
      else say(t("cashier.member.notFound"));
    });
  }

  function joinNow(): void {
    if (joiner === null || storeId === undefined) return;
    setJoiner(null);
    enqueue(async () => move({ type: "member", member: await join(joiner, storeId) }));
  }

  function takePayment(entered: string): void {
    if (!fresh || !request) return;
    const received =
      entered === "" ? fresh.payable_minor : parseMinor(entered, currencyDigits(fresh.currency));
    if (received === null) say(t("cashier.pay.wrong"));
    else if (received < fresh.payable_minor) {
      say(t("cashier.pay.short", { amount: format.money(fresh.payable_minor - received) }));
    } else {
      type("");
      void payment.pay(request, fresh, basket.tender === "cash" ? received : fresh.payable_minor);
    }
  }

  function submit(picked: Product | undefined): void {
    const entered = text.trim();
    if (basket.step === "done") next();
    else if (locked) void (payment.unsure && payment.again());
    else if (basket.step === "pay") takePayment(entered);
    else if (joiner !== null) joinNow();
    else if (basket.step === "member") findMemberOnly(entered);
    else if (picked) pick(picked);
    else if (entered === "") goTo("pay");
    else submitItem(entered);
  }

  function submitItem(entered: string): void {
    const quantity = readSetQuantity(entered);
    if (quantity === null) {
      find(entered);
    } else {
      type("");
      setQuantity(basket.chosen, quantity);
    }
  }

  function goTo(wanted: "items" | "member" | "pay"): void {
    if (locked || basket.step === "done" || (wanted === "pay" && basket.lines.length === 0)) return;
    type("");
    move({ type: "step", step: wanted });
  }

  function next(): void {
    type("");
    setLost([]);
    move({ type: "cleared" });
  }

  function nextTender(): void {
    const at = TENDERS.indexOf(basket.tender);
    move({ type: "tender", tender: TENDERS[(at + 1) % TENDERS.length] as TenderKind });
  }

  return {
    basket,
    quote: request === null ? undefined : quote.data,
    fresh: fresh !== undefined,
    quoteError: quote.error,
    payment,
    locked,
    text,
    note,
    lost,
    forget: () => setLost([]),
    joiner,
    joinNow,
    type,
    submit,
    pick,
    step,
    goTo,
    next,
    nextTender,
    choose: (index: number) => move({ type: "chosen", index }),
    remove: (index: number) => !locked && move({ type: "removed", index }),
    setTender: (tender: TenderKind) => move({ type: "tender", tender }),
    dropMember: () => !locked && move({ type: "member", member: null }),
    toggleStored: () => !locked && basket.step !== "done" && move({ type: "stored", use: !basket.useStored }),
    togglePoints: () => !locked && basket.step !== "done" && move({ type: "points", use: !basket.usePoints }),
  };
}

export type Till = ReturnType<typeof useTill>;
