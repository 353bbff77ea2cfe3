import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/client";
import { checkPayment, closePayment, letGo, readOrder, startPayment } from "../../api/till";
import type { Order } from "../../api/types";
import { useFormat } from "../../parts/useFormat";
import type { Desk } from "./useDesk";

const PAUSE_MS = 2_000;
const LIVE = new Set(["created", "pending"]);

type Standing = Awaited<ReturnType<typeof checkPayment>>;
type OrderPayment = Order["payments"][number];

/** The newest that may still be paid: those asked for before it are waited for no more. */
const live = (order: Order | null): OrderPayment | null =>
  order?.payments.filter(({ status }) => LIVE.has(status)).at(-1) ?? null;

/** Silence says nothing about the money: only an answer ends the wait. */
async function heard(question: Promise<Standing>): Promise<Standing | null> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Problem && !error.transient) throw error;
    return null;
  }
}

const over = (standing: Standing) => Date.now() >= new Date(standing.expires_at).getTime();

/** Scanned before and not known any more, it can only be asked about. */
const begin = ({ id, method }: OrderPayment, scanned: string | null): Promise<Standing> =>
  method === "native" || scanned !== null ? startPayment(id, scanned) : checkPayment(id);

/** A code to show that did not come is asked for again; one whose time is over is not to be paid any more. */
function next(id: string, method: OrderPayment["method"], standing: Standing | null): Promise<Standing> {
  if (standing && over(standing)) return closePayment(id);
  return method === "native" && standing?.status !== "pending" ? startPayment(id, null) : checkPayment(id);
}

/**
 * Money through WeChat Pay or Alipay: a code that is scanned from the customer's phone, or one that is shown to it.
 * As long as the order at the till has a payment that may still be paid, the provider is asked what became of it;
 * also after a reload. What is not paid so can be paid otherwise.
 */
export function useCode(desk: Desk) {
  const { t } = useTranslation();
  const format = useFormat();
  const { move } = desk;
  const { held } = desk.basket;
  const scanned = useRef<string | null>(null);
  const [known, setKnown] = useState<Standing | null>(null);
  /** Nobody waits for this one any more, whatever its provider says of it. */
  const [dropped, setDropped] = useState<string | null>(null);
  /** Cancelling is asked twice, by the same key. */
  const [asked, setAsked] = useState<string | null>(null);
  const payment = live(held);
  const waiting = payment !== null && payment.id !== dropped ? payment : null;

  /** What became of it, and of the order. */
  async function finish(orderId: string, standing: Standing): Promise<void> {
    const order = await readOrder(orderId);
    if (order.status === "paid") {
      move({ type: "paid", receipt: order });
      return;
    }
    const pending = order.status === "pending";
    move({ type: "held", order: pending ? order : null });
    if (!pending) desk.say(t("cashier.code.timeOver", { number: order.number }));
    else if (standing.status === "paid") {
      desk.tell(t("cashier.code.part", { amount: format.money(standing.amount_minor) }));
    } else if (LIVE.has(standing.status)) desk.say(t("cashier.code.unsure"));
    else desk.say(t(standing.status === "closed" ? "cashier.code.closed" : "cashier.code.failed"));
  }

  const ended = useEffectEvent(finish);
  const failed = useEffectEvent((paymentId: string, problem: unknown) => {
    setDropped(paymentId);
    desk.refuse(problem);
  });
  const ask = useEffectEvent((): Promise<Standing> => {
    const code = scanned.current;
    scanned.current = null;
    return begin(payment as OrderPayment, code);
  });

  const goOn = useEffectEvent((id: string, standing: Standing | null) =>
    next(id, (payment as OrderPayment).method, standing),
  );

  const orderId = held?.id;
  const paymentId = waiting?.id;
  useEffect(() => {
    if (!orderId || !paymentId) return;
    let here = true;
    async function watch(order: string, id: string) {
      let standing = await heard(ask());
      while (here && (standing === null || LIVE.has(standing.status))) {
        if (standing) setKnown(standing);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        if (here) standing = await heard(goOn(id, standing));
      }
      if (here && standing) await ended(order, standing);
    }
    watch(orderId, paymentId).catch((problem: unknown) => here && failed(paymentId, problem));
    return () => {
      here = false;
      setAsked(null);
    };
  }, [orderId, paymentId]);

  /** Nobody is to pay it any more; where it was paid in the meantime, that counts. */
  async function stop(thenCancel: boolean): Promise<void> {
    if (!held || !waiting) return;
    setDropped(waiting.id);
    try {
      const standing = await closePayment(waiting.id);
      if (thenCancel && standing.status !== "paid") {
        await letGo(held.id);
        move({ type: "held", order: null });
        desk.tell(t("cashier.held.letGo", { number: held.number }));
      } else await finish(held.id, standing);
    } catch (problem) {
      desk.refuse(problem);
    }
  }

  function cancel(): void {
    if (!waiting) return;
    if (asked === waiting.id) void stop(true);
    else {
      setAsked(waiting.id);
      desk.say(t("cashier.held.sure"));
    }
  }

  return {
    waiting,
    /** What is known of the payment that is waited for; null before its provider answered. */
    standing: known !== null && known.id === waiting?.id ? known : null,
    /** The order's payment is asked with this, once the order is placed; null: by a code that is shown. */
    use: (code: string | null) => {
      scanned.current = code;
    },
    /** The order is placed. False where nobody is asked for its money: it is only put aside. */
    begin: (order: Order): boolean => {
      if (!live(order)) return false;
      move({ type: "held", order });
      return true;
    },
    stop: () => void stop(false),
    cancel,
  };
}
