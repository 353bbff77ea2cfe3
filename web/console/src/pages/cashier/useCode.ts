import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/client";
import { checkPayment, closePayment, readOrder, startPayment } from "../../api/till";
import type { Order } from "../../api/types";
import type { Desk } from "./useDesk";

const PAUSE_MS = 2_000;
const LIVE = new Set(["created", "pending"]);

type Standing = Awaited<ReturnType<typeof checkPayment>>;

interface Waiting {
  paymentId: string;
  orderId: string;
  amount_minor: number;
}

/**
 * The code on a customer's phone. The order is placed first and waits; then the provider is asked, and
 * asked again until it says what became of it. What is not paid so can be paid otherwise.
 */
export function useCode(desk: Desk) {
  const { t } = useTranslation();
  const { move } = desk;
  const scanned = useRef<string | null>(null);
  const stopped = useRef(false);
  const [waiting, setWaiting] = useState<Waiting | null>(null);

  /** What is known of a payment ends the wait, one way or the other. */
  async function finish(orderId: string, standing: Standing): Promise<void> {
    const order = await readOrder(orderId);
    if (order.status === "paid") move({ type: "paid", receipt: order });
    else {
      move({ type: "held", order });
      desk.say(t(standing.status === "closed" ? "cashier.code.closed" : "cashier.code.failed"));
    }
  }

  /** Silence says nothing about the money: only an answer ends the wait. */
  async function ask(question: () => Promise<Standing>): Promise<Standing | null> {
    try {
      return await question();
    } catch (error) {
      if (error instanceof Problem && !error.transient) throw error;
      return null;
    }
  }

  async function run({ paymentId, orderId }: Waiting, code: string): Promise<void> {
    try {
      let standing = await ask(() => startPayment(paymentId, code));
      while (!stopped.current && (standing === null || LIVE.has(standing.status))) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        if (!stopped.current) standing = await ask(() => checkPayment(paymentId));
      }
      if (!stopped.current && standing) await finish(orderId, standing);
    } catch (error) {
      desk.refuse(error);
    } finally {
      if (!stopped.current) setWaiting(null);
    }
  }

  async function close({ paymentId, orderId }: Waiting): Promise<void> {
    stopped.current = true;
    try {
      await finish(orderId, await closePayment(paymentId));
      setWaiting(null);
    } catch (error) {
      desk.refuse(error);
    }
  }

  return {
    waiting,
    /** Before its order is placed. */
    scan: (code: string) => {
      scanned.current = code;
    },
    /** Its order is placed. False where nothing was scanned for it: it is only put aside. */
    begin: (order: Order): boolean => {
      const payment = order.payments.find(({ status }) => LIVE.has(status));
      const code = scanned.current;
      scanned.current = null;
      if (!payment || code === null) return false;
      const wait = { paymentId: payment.id, orderId: order.id, amount_minor: payment.amount_minor };
      stopped.current = false;
      move({ type: "held", order });
      setWaiting(wait);
      void run(wait, code);
      return true;
    },
    stop: () => waiting && void close(waiting),
  };
}
