import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "../../api/client";
import type { Order, Quote, QuoteRequest } from "../../api/types";
import { requestKey } from "../../parts/requestKey";
import type { Basket, Move, Pending, Taken } from "./basket";
import type { Wallet } from "./entry";
import { sendPayment } from "./pay";

interface Props {
  basket: Basket;
  move: (move: Move) => void;
  onProblem: (problem: unknown) => void;
  onHeld: (order: Order) => void;
}

/** What a provider is asked for: by a code scanned from a phone, or by one that is shown to it. */
export interface Asked {
  provider: Wallet;
  method: "auth_code" | "native";
  amount_minor: number;
}

/** Takes the payment, and knows what to do when the answer does not come. */
export function usePayment({ basket, move, onProblem, onHeld }: Props) {
  const queries = useQueryClient();
  const [attempt, setAttempt] = useState(0);

  async function send(pending: Pending) {
    setAttempt(1);
    move({ type: "sending", pending });
    try {
      const order = await sendPayment(pending, setAttempt);
      if (order.status === "pending") onHeld(order);
      else move({ type: "paid", receipt: order });
      for (const key of ["orders", "coupons"]) void queries.invalidateQueries({ queryKey: [key] });
    } catch (error) {
      // Only an answer frees the basket; silence keeps it locked until the same payment is sent again.
      if (error instanceof Problem && !error.transient) {
        move({ type: "refused" });
        void queries.invalidateQueries({ queryKey: ["quote"] });
      }
      onProblem(error);
    } finally {
      setAttempt(0);
    }
  }

  const order = (request: QuoteRequest, quote: Quote, tenders: Taken[]) => ({
    ...request,
    channel: "pos",
    tenders,
    expected_payable_minor: quote.payable_minor,
  });

  return {
    /** 0: nothing on its way; n: the n-th attempt is. */
    attempt,
    /** Sent, but not answered. */
    unsure: basket.pending !== null && attempt === 0,
    pay: (request: QuoteRequest, quote: Quote, tenders: Taken[]) =>
      send({ key: requestKey(), request: order(request, quote, tenders) }),
    /** The rest, or a part of it, is asked of a provider, once the order is placed. */
    charge: (request: QuoteRequest, quote: Quote, tenders: Taken[], asked: Asked) =>
      send({ key: requestKey(), request: { ...order(request, quote, tenders), payments: [asked] } }),
    payHeld: (orderId: string, tenders: Taken[], asked?: Asked) =>
      send({ key: requestKey(), orderId, pay: { tenders, ...(asked && { payments: [asked] }) } }),
    /** The order waits for its money, and holds what it spends. */
    hold: (request: QuoteRequest, quote: Quote) =>
      send({ key: requestKey(), request: { ...order(request, quote, []), pending: true } }),
    again: () => basket.pending && send(basket.pending),
  };
}
