/** The basket at the till: pure state and the one reducer that changes it. */
import type { Identified, Order, OrderRequest, PayRequest, Product } from "../../api/types";

export interface BasketLine {
  product: Product;
  /** A decimal in text, as the API takes it; never a float. */
  quantity: string;
}

/** What the one input asks for. */
export type Step = "items" | "member" | "offers" | "card" | "held" | "pay" | "done";

export const TENDERS = ["cash", "card", "wechat", "alipay"] as const;
export type TenderKind = (typeof TENDERS)[number];

/** Money taken already, while the rest is still due. */
export interface Taken {
  kind: TenderKind;
  amount_minor: number;
}

/** A stored-value card whose PIN was right. `pass` stands for number and PIN for some minutes. */
export interface ShownCard {
  id: string;
  pass: string;
  number: string;
  balance_minor: number;
}

/** A coupon on paper, which is whoever's shows it. */
export interface PaperCoupon {
  id: string;
  valid_until: string;
}

/** What the member decided herself; null leaves it to the engine, which finds the best. */
export interface OwnChoice {
  coupons: string[] | null;
  packets: boolean;
}

/** A payment on its way. It outlives a reload, since its key makes it safe to send again. */
export type Pending =
  | { key: string; request: OrderRequest }
  /** The rest of the money of an order that was held. */
  | { key: string; orderId: string; pay: PayRequest };

export interface Basket {
  step: Step;
  lines: BasketLine[];
  /** Index of the chosen line; -1 when there is none. */
  chosen: number;
  member: Identified | null;
  usePoints: boolean;
  useStored: boolean;
  own: OwnChoice | null;
  cards: ShownCard[];
  paper: PaperCoupon[];
  tender: TenderKind;
  taken: Taken[];
  /** An order that was held and is taken up again: it is paid or let go, but not changed. */
  held: Order | null;
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
  own: null,
  cards: [],
  paper: [],
  tender: "cash",
  taken: [],
  held: null,
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
  | { type: "own"; own: OwnChoice | null }
  | { type: "card"; card: ShownCard }
  | { type: "cards"; cards: ShownCard[] }
  /** A code became a coupon: the member's, or on paper. It is to be used. */
  | { type: "coupon"; coupon: PaperCoupon; paper: boolean }
  | { type: "noPaper" }
  | { type: "tender"; tender: TenderKind }
  | { type: "taken"; taken: Taken[] }
  | { type: "step"; step: Step }
  | { type: "held"; order: Order | null }
  | { type: "refilled"; lines: BasketLine[]; member: Identified | null }
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
      return {
        ...basket,
        member: move.member,
        usePoints: false,
        useStored: false,
        own: null,
        step: "items",
      };
    case "points":
      return { ...basket, usePoints: move.use && basket.member !== null };
    case "stored":
      return { ...basket, useStored: move.use && basket.member !== null };
    case "own":
      return { ...basket, own: move.own };
    case "card":
      return { ...basket, cards: [...basket.cards.filter(({ id }) => id !== move.card.id), move.card] };
    case "cards":
      return { ...basket, cards: move.cards };
    case "coupon":
      return withCoupon(basket, move.coupon, move.paper);
    case "noPaper":
      return { ...basket, paper: [], own: null };
    case "tender":
      return { ...basket, tender: move.tender };
    case "taken":
      return { ...basket, taken: move.taken };
    case "step":
      return { ...basket, step: move.step };
    case "held":
      return move.order ? { ...EMPTY, tender: basket.tender, held: move.order, step: "pay" } : EMPTY;
    case "refilled":
      return { ...EMPTY, lines: move.lines, member: move.member, chosen: move.lines.length - 1 };
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

function withCoupon(basket: Basket, coupon: PaperCoupon, onPaper: boolean): Basket {
  const { own, paper } = basket;
  return {
    ...basket,
    paper: onPaper ? [...paper.filter(({ id }) => id !== coupon.id), coupon] : paper,
    own: own?.coupons ? { ...own, coupons: [...new Set([...own.coupons, coupon.id])] } : own,
  };
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
