/** What she could use on this basket, and what of it is used: pure, from a quote and the coupons in her hand. */
import type { Coupon, Quote, Text } from "../../api/types";
import type { OwnChoice } from "./basket";

/** Red packets are one row, however many campaigns they are from: the engine knows their caps. */
export const PACKETS = "packets";

export type Reach = "free" | "near" | "far";

export interface OfferRow {
  /** A coupon's id, or PACKETS. */
  key: string;
  name: Text | null;
  until: string | null;
  used: boolean;
  saves_minor: number;
  /** free: may be used or left; near: a little more in the basket would do; far: not here, not now. */
  reach: Reach;
  reason: Text | null;
}

const FREE = new Set(["group_full", "excluded", "better_found", "saves_nothing", "declined"]);
const NEAR = new Set(["more_money", "more_pieces"]);
const ORDER: Reach[] = ["free", "near", "far"];

const reachOf = (why: string): Reach => (FREE.has(why) ? "free" : NEAR.has(why) ? "near" : "far");

type Ending = Pick<Coupon, "id" | "valid_until">;

/** Nearest first; within that, what ends soonest: so that a row stays where it is when it is taken or left. */
export function offerRows(quote: Quote, inHand: Ending[], own: OwnChoice | null): OfferRow[] {
  const ends = new Map(inHand.map((coupon) => [coupon.id, coupon.valid_until]));
  const rows = new Map<string, OfferRow>();
  for (const { coupon_id, name, reason, why } of quote.missed) {
    if (!coupon_id) continue;
    const until = ends.get(coupon_id) ?? null;
    const reach = reachOf(why);
    const used = reach === "free" && (own?.coupons?.includes(coupon_id) ?? false);
    rows.set(coupon_id, { key: coupon_id, name, until, used, saves_minor: 0, reach, reason });
  }
  for (const { coupon_id, name, amount_minor } of quote.used) {
    if (!coupon_id) continue;
    const until = ends.get(coupon_id) ?? null;
    const row = { key: coupon_id, name, until, used: true, saves_minor: amount_minor };
    rows.set(coupon_id, { ...row, reach: "free", reason: null });
  }
  const sorted = [...rows.values()].sort(
    (one, other) =>
      ORDER.indexOf(one.reach) - ORDER.indexOf(other.reach) ||
      (one.until ?? "9").localeCompare(other.until ?? "9") ||
      one.key.localeCompare(other.key),
  );
  return [...sorted, ...packets(quote, own)];
}

function packets({ red_packet }: Quote, own: OwnChoice | null): OfferRow[] {
  const declined = own !== null && !own.packets;
  if (red_packet.used_minor === 0 && red_packet.usable_minor === 0 && !declined) return [];
  const row = { key: PACKETS, name: null, until: null, reason: null, reach: "free" as const };
  return [{ ...row, used: red_packet.used_minor > 0, saves_minor: red_packet.used_minor }];
}

/**
 * The choice after a row was taken, or left. Coupons that are out of reach stay wanted: she left none of
 * them, and is still told what they would take.
 */
export function toggled(rows: OfferRow[], key: string, own: OwnChoice | null): OwnChoice {
  const packetsUsed = own?.packets ?? true;
  if (key === PACKETS) return { coupons: own?.coupons ?? null, packets: !packetsUsed };
  const before = own?.coupons ?? rows.filter(wanted).map((row) => row.key);
  const coupons = before.includes(key) ? before.filter((other) => other !== key) : [...before, key];
  return { coupons, packets: packetsUsed };
}

const wanted = (row: OfferRow) => row.key !== PACKETS && (row.used || row.reach !== "free");
