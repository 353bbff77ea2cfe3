/** What the server is asked about a basket. */
import type { QuoteRequest } from "../../api/types";
import type { Basket } from "./basket";

/** As much as the order takes: the server knows how much there is, a family's too. */
const ALL = 1_000_000_000;

/** `null` while there is nothing to ask. */
export function quoteRequest(basket: Basket, storeId: string | undefined): QuoteRequest | null {
  if (!storeId || basket.lines.length === 0 || basket.held) return null;
  const { member, own, cards, paper } = basket;
  return {
    store_id: storeId,
    lines: basket.lines.map(({ product, quantity }) => ({ sku: product.sku, quantity })),
    ...(member && { member_id: member.member.id }),
    ...(member?.identified_as && { identified_as: member.identified_as }),
    ...(cards.length > 0 && { cards: cards.map((card) => card.pass) }),
    ...(paper.length > 0 && { coupons: paper.map(({ id }) => id) }),
    choices: {
      points: member && basket.usePoints ? ALL : 0,
      stored_value_minor: storedValue(basket),
      ...(own && { coupons: own.coupons }),
      ...(own && !own.packets && { red_packet_minor: 0 }),
    },
  };
}

/** Cards that are shown pay first, so that what is on them is never asked of her own stored value. */
function storedValue({ member, useStored, cards }: Basket): number {
  if (member && useStored) return ALL;
  return cards.reduce((sum, card) => sum + card.balance_minor, 0);
}
