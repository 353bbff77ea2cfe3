import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/client";
import { redeemCode, useCouponsInHand } from "../../api/till";
import type { Quote } from "../../api/types";
import { useCan } from "../../app/session";
import { requestKey } from "../../parts/requestKey";
import { useFormat } from "../../parts/useFormat";
import { offerRows, toggled } from "./offers";
import type { Desk } from "./useDesk";

/** After these the server takes none of the coupons on paper: they have to be shown once more. */
const OUT = new Set(
  ["used", "reserved", "revoked", "expired", "not_yet_valid", "not_found", "not_yours"].map(
    (why) => `coupon_${why}`,
  ),
);

/** Coupons and red packets: what the engine chose, and what the member would rather have. */
export function useOffers(desk: Desk, quote: Quote | undefined, quoteError: unknown, locked: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const queries = useQueryClient();
  const { basket, move } = desk;
  const memberId = basket.member?.member.id;
  const inHand = useCouponsInHand(can("offers.read") ? memberId : undefined);
  const [at, setAt] = useState(0);
  const { paper } = basket;
  const some = memberId !== undefined || paper.length > 0;
  const rows = quote && some ? offerRows(quote, [...(inHand.data?.items ?? []), ...paper], basket.own) : [];
  const picked = Math.min(at, rows.length - 1);

  const out = paper.length > 0 && quoteError instanceof Problem && OUT.has(quoteError.code);

  useEffect(() => {
    if (!out) return;
    move({ type: "noPaper" });
    desk.refuse(quoteError);
  }, [out, move, quoteError, desk]);

  function toggle(index: number): void {
    const row = rows[index];
    if (!row || locked) return;
    setAt(index);
    if (row.reach === "free") move({ type: "own", own: toggled(rows, row.key, basket.own) });
    else desk.say(format.text(row.reason));
  }

  /** A code on paper becomes a coupon of the member, or stays whoever's shows it; either way it is to be used. */
  function enter(code: string, onNone?: () => void): void {
    if (locked || basket.held) return;
    desk.type("");
    desk.enqueue(async () => {
      const coupon = await redeemCode(code, memberId ?? null, requestKey()).catch((problem: unknown) => {
        if (!onNone || !(problem instanceof Problem) || problem.code !== "code_not_valid") throw problem;
        onNone();
      });
      if (!coupon) return;
      const { id, valid_until } = coupon;
      move({ type: "coupon", coupon: { id, valid_until }, paper: coupon.member === null });
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
