import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "../../api/client";
import type { Quote, QuoteRequest } from "../../api/types";
import { requestKey } from "../../parts/requestKey";
import type { Basket, Move, Pending } from "./basket";
import { sendPayment } from "./pay";

interface Props {
  basket: Basket;
  move: (move: Move) => void;
  onProblem: (problem: unknown) => void;
}

/** Takes the payment, and knows what to do when the answer does not come. */
export function usePayment({ basket, move, onProblem }: Props) {
  const queries = useQueryClient();
  const [attempt, setAttempt] = useState(0);

  async function send(pending: Pending) {
    setAttempt(1);
    move({ type: "sending", pending });
    try {
      const receipt = await sendPayment(pending, setAttempt);
      move({ type: "paid", receipt });
      void queries.invalidateQueries({ queryKey: ["orders"] });
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

  return {
    /** 0: nothing on its way; n: the n-th attempt is. */
    attempt,
    /** Sent, but not answered. */
    unsure: basket.pending !== null && attempt === 0,
    pay: (request: QuoteRequest, quote: Quote, receivedMinor: number) =>
      send({
        key: requestKey(),
        request: {
          ...request,
          channel: "pos",
          tenders: quote.payable_minor === 0 ? [] : [{ kind: basket.tender, amount_minor: receivedMinor }],
          expected_payable_minor: quote.payable_minor,
        },
      }),
    again: () => basket.pending && send(basket.pending),
  };
}
