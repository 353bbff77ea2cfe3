import type { Order, OrderLine, RefundRequest } from "../../../api/types";

/** What is typed for one line: pieces that come back, or money while the goods stay. */
export interface LineWish {
  by: "quantity" | "amount";
  quantity: number;
  amount_minor: number;
}

export interface Wish {
  all: boolean;
  lines: Record<number, LineWish>;
  reason: string;
  tenders: RefundRequest["tenders"];
}

export const NOTHING: LineWish = { by: "quantity", quantity: 0, amount_minor: 0 };

const MILLI = 1000;

export interface Left {
  quantity: number;
  paid_minor: number;
}

/** What earlier refunds left of a line. Quantities have three places: they are counted in thousandths. */
export function leftOf(order: Order, line: OrderLine): Left {
  const past = order.refunds
    .flatMap((refund) => refund.lines)
    .filter(({ line_no }) => line_no === line.line_no);
  const back = past.reduce((sum, { quantity }) => sum + Math.round(Number(quantity ?? 0) * MILLI), 0);
  const paid = past.reduce((sum, { paid_minor }) => sum + paid_minor, 0);
  return {
    quantity: (Math.round(Number(line.quantity) * MILLI) - back) / MILLI,
    paid_minor: line.paid_minor - paid,
  };
}

/** What to ask the server for; null while nothing is chosen. */
export function requestOf({ all, lines, reason, tenders }: Wish): RefundRequest | null {
  const rest = { reason, ...(tenders && { tenders }) };
  if (all) return { all: true, ...rest };
  const chosen = Object.entries(lines)
    .filter(([, wish]) => (wish.by === "quantity" ? wish.quantity > 0 : wish.amount_minor > 0))
    .map(([line_no, wish]) =>
      wish.by === "quantity"
        ? { line_no: Number(line_no), quantity: String(wish.quantity) }
        : { line_no: Number(line_no), amount_minor: wish.amount_minor },
    );
  return chosen.length === 0 ? null : { lines: chosen, ...rest };
}
