/** The basket at the till: pure state and the one reducer that changes it. */
import type { Identified, Order, OrderRequest, Product, QuoteRequest } from "../../api/types";

export interface BasketLine {
  product: Product;
  /** A decimal in text, as the API takes it; never a float. */
  quantity: string;
}

export type Step = "items" | "member" | "pay" | "done";

export const TENDERS = ["cash", "card", "wechat", "alipay"] as const;
export type TenderKind = (typeof TENDERS)[number];

/** A payment on its way. It outlives a reload, since its key makes it safe to send again. */
export interface Pending {
  key: string;
  request: OrderRequest;
}

export interface Basket {
  step: Step;
  lines: BasketLine[];
  /** Index of the chosen line; -1 when there is none. */
  chosen: number;
  member: Identified | null;
  usePoints: boolean;
  useStored: boolean;
  tender: TenderKind;
  pending: Pending | null;
  receipt: Order | null;
}

export const EMPTY: Basket = {
  step: "items",
  lines: [],
  chosen: -1,
  member: null,
  usePoints: false,
  useStored: false,
  tender: "cash",
  pending: null,
  receipt: null,
};

export type Move =
  | { type: "added"; product: Product; quantity: string }
  | { type: "quantity"; index: number; quantity: string }
  | { type: "chosen"; index: number }
  | { type: "removed"; index: number }
  | { type: "member"; member: Identified | null }
  | { type: "points"; use: boolean }
  | { type: "stored"; use: boolean }
  | { type: "tender"; tender: TenderKind }
  | { type: "step"; step: Step }
  | { type: "sending"; pending: Pending }
  | { type: "refused" }
  | { type: "paid"; receipt: Order }
  | { type: "cleared" };

export function basketReducer(basket: Basket, move: Move): Basket {
  switch (move.type) {
    case "added":
      return added(basket, move.product, move.quantity);
    case "quantity":
      return {
        ...basket,
        lines: basket.lines.map((line, at) =>
          at === move.index ? { ...line, quantity: move.quantity } : line,
        ),
      };
    case "chosen":
      return { ...basket, chosen: Math.max(0, Math.min(basket.lines.length - 1, move.index)) };
    case "removed": {
      const lines = basket.lines.filter((_, at) => at !== move.index);
      return { ...basket, lines, chosen: Math.min(basket.chosen, lines.length - 1) };
    }
    case "member":
      return { ...basket, member: move.member, usePoints: false, useStored: false, step: "items" };
    case "points":
      return { ...basket, usePoints: move.use && basket.member !== null };
    case "stored":
      return { ...basket, useStored: move.use && basket.member !== null };
    case "tender":
      return { ...basket, tender: move.tender };
    case "step":
      return { ...basket, step: move.step };
    case "sending":
      return { ...basket, pending: move.pending };
    case "refused":
      return { ...basket, pending: null };
    case "paid":
      return { ...basket, step: "done", pending: null, receipt: move.receipt };
    case "cleared":
      return EMPTY;
  }
}

/** The same product by piece adds up on its line; each weighing stays a line of its own. */
function added(basket: Basket, product: Product, quantity: string): Basket {
  const at = basket.lines.findIndex((line) => line.product.id === product.id);
  const line = basket.lines[at];
  if (!line || product.sold_by === "measure") {
    return { ...basket, lines: [...basket.lines, { product, quantity }], chosen: basket.lines.length };
  }
  const sum = String(Number(line.quantity) + Number(quantity));
  const lines = basket.lines.map((old, index) => (index === at ? { ...old, quantity: sum } : old));
  return { ...basket, lines, chosen: at };
}

/** As much stored value as the order takes: the server knows how much there is. */
const ALL_MINOR = 1_000_000_000;

/** What to ask the server about this basket; `null` while there is nothing to ask. */
export function quoteRequest(basket: Basket, storeId: string | undefined): QuoteRequest | null {
  if (!storeId || basket.lines.length === 0) return null;
  return {
    store_id: storeId,
    lines: basket.lines.map(({ product, quantity }) => ({ sku: product.sku, quantity })),
    ...(basket.member && { member_id: basket.member.member.id }),
    choices: {
      points: basket.member && basket.usePoints ? basket.member.wallet.points : 0,
      stored_value_minor: basket.member && basket.useStored ? ALL_MINOR : 0,
    },
  };
}
