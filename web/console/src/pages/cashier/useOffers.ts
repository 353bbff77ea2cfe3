import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { redeemCode, useCouponsInHand } from "../../api/till";
import type { Quote } from "../../api/types";
import { useCan } from "../../app/session";
import { requestKey } from "../../parts/requestKey";
import { useFormat } from "../../parts/useFormat";
import { offerRows, toggled } from "./offers";
import type { Desk } from "./useDesk";

/** Coupons and red packets: what the engine chose, and what the member would rather have. */
export function useOffers(desk: Desk, quote: Quote | undefined, locked: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const queries = useQueryClient();
  const { basket, move } = desk;
  const memberId = basket.member?.member.id;
  const inHand = useCouponsInHand(can("offers.read") ? memberId : undefined);
  const [at, setAt] = useState(0);
  const rows = quote && memberId ? offerRows(quote, inHand.data?.items ?? [], basket.own) : [];
  const picked = Math.min(at, rows.length - 1);

  function toggle(index: number): void {
    const row = rows[index];
    if (!row || locked) return;
    setAt(index);
    if (row.reach === "free") move({ type: "own", own: toggled(rows, row.key, basket.own) });
    else desk.say(format.text(row.reason));
  }

  /** A code on paper becomes a coupon of hers, and she wants it used. */
  function enter(code: string): void {
    if (!memberId) {
      desk.say(t("cashier.offers.memberFirst"));
      return;
    }
    desk.type("");
    desk.enqueue(async () => {
      const coupon = await redeemCode(code, memberId, requestKey());
      const { own } = basket;
      if (own?.coupons) move({ type: "own", own: { ...own, coupons: [...own.coupons, coupon.id] } });
      for (const key of ["quote", "coupons"]) void queries.invalidateQueries({ queryKey: [key] });
      desk.tell(t("cashier.offers.added", { name: format.text(coupon.template.name) }));
    });
  }

  return {
    rows,
    picked,
    pick: setAt,
    toggle,
    enter,
    best: () => !locked && basket.own && move({ type: "own", own: null }),
    none: () => !locked && move({ type: "own", own: { coupons: [], packets: false } }),
    /** Her own choice costs so much more than the best would. */
    costs_minor: basket.own && quote ? quote.choice_costs_minor : 0,
  };
}
