import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findProducts } from "../../api/catalog";
import { identify } from "../../api/members";
import { letGo, readOrder, useHeldOrders } from "../../api/till";
import type { Order, Quote, QuoteRequest } from "../../api/types";
import type { BasketLine } from "./basket";
import type { Desk } from "./useDesk";
import type { usePayment } from "./usePayment";

/** Orders that wait: put aside, taken up again, paid, changed or let go. */
export function useHeld(
  desk: Desk,
  request: QuoteRequest | null,
  quote: Quote | undefined,
  payment: ReturnType<typeof usePayment>,
  locked: boolean,
) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { basket, move } = desk;
  const { held } = basket;
  const list = useHeldOrders(desk.storeId, basket.step === "held");
  const rows = list.data?.items ?? [];
  const [at, setAt] = useState(0);
  /** Letting go is asked twice, by the same key. */
  const [asked, setAsked] = useState<string | null>(null);
  const picked = Math.min(at, rows.length - 1);

  function open(): void {
    if (locked || basket.step === "done") return;
    if (held) change(held);
    else if (basket.lines.length === 0) {
      desk.type("");
      setAt(0);
      move({ type: "step", step: "held" });
    } else if (basket.taken.length > 0) desk.say(t("cashier.held.moneyTaken"));
    else if (request && quote) void payment.hold(request, quote);
  }

  function takeUp(index: number): void {
    const row = rows[index];
    if (!row) return;
    desk.type("");
    desk.enqueue(async () => {
      const order = await readOrder(row.id);
      if (order.status === "pending") move({ type: "held", order });
      else desk.say(t("cashier.held.gone", { number: order.number }));
    });
  }

  async function release(order: Order): Promise<void> {
    await letGo(order.id);
    for (const key of ["orders", "coupons", "quote"]) void queries.invalidateQueries({ queryKey: [key] });
  }

  function cancel(): void {
    if (!held || locked) return;
    if (asked !== held.id) {
      setAsked(held.id);
      desk.say(t("cashier.held.sure"));
      return;
    }
    desk.type("");
    desk.enqueue(async () => {
      await release(held);
      move({ type: "held", order: null });
      desk.tell(t("cashier.held.letGo", { number: held.number }));
    });
  }

  /** The goods go back into the basket; everything is found first, so that nothing is let go in vain. */
  function change(order: Order): void {
    desk.type("");
    desk.enqueue(async () => {
      const lines = await Promise.all(order.lines.map(lineOf));
      const found = lines.filter((line) => line !== null);
      if (found.length < lines.length) {
        desk.say(t("cashier.held.notSold"));
        return;
      }
      const member = order.member ? await identify({ code: order.member.number }) : null;
      await release(order);
      move({ type: "refilled", lines: found, member });
    });
  }

  return {
    list,
    rows,
    picked,
    pick: setAt,
    open,
    takeUp,
    cancel,
    change: () => held && !locked && change(held),
    putBack: () => {
      setAsked(null);
      move({ type: "held", order: null });
    },
  };
}

async function lineOf({ sku, quantity }: Order["lines"][number]): Promise<BasketLine | null> {
  const { items } = await findProducts({ q: sku, limit: 8 });
  const product = items.find((item) => item.sku === sku);
  return product ? { product, quantity: String(quantity) } : null;
}
