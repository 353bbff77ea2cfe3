import { Problem } from "../../api/client";
import { placeOrder } from "../../api/orders";
import { payHeld } from "../../api/till";
import type { Order } from "../../api/types";
import type { Pending } from "./basket";

const ATTEMPTS = 4;
const TIMEOUT_MS = 8_000;
const PAUSE_MS = 600;

/**
 * Sends a payment until the server answers. After a time-out nobody knows whether it was booked;
 * the same key makes it safe to ask again, and gives back the same order.
 */
export async function sendPayment(pending: Pending, onRetry: (attempt: number) => void): Promise<Order> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pending, AbortSignal.timeout(TIMEOUT_MS));
    } catch (error) {
      const transient = error instanceof Problem ? error.transient : true;
      if (!transient || attempt >= ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
      onRetry(attempt + 1);
    }
  }
}

const once = (pending: Pending, signal: AbortSignal) =>
  "orderId" in pending
    ? payHeld(pending.orderId, pending.pay, pending.key, signal)
    : placeOrder(pending.request, pending.key, signal);
