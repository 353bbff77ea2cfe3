import { useMemo } from "react";
import { useQuote } from "../../../api/checkout";
import type { MemberRow, Product, QuoteRequest } from "../../../api/types";
import { useStored } from "../../../parts/useStored";

export interface TrialLine {
  product: Pick<Product, "id" | "sku" | "name" | "unit" | "sold_by" | "list_price_minor">;
  quantity: number;
}

export interface Trial {
  storeId: string | null;
  member: Pick<MemberRow, "id" | "name" | "number"> | null;
  lines: TrialLine[];
  points: boolean;
  stored: boolean;
}

const NOTHING: Trial = { storeId: null, member: null, lines: [], points: false, stored: false };
/** "As much as may be": the server spends what can be spent. */
const ALL = 1_000_000_000;

/** A basket to try offers on. It stays for the next visit, so that one can change an offer and come back. */
export function useTrial() {
  const [trial, setTrial] = useStored<Trial>("trial", NOTHING);
  const request = useMemo<QuoteRequest | null>(() => {
    const lines = trial.lines.filter(({ quantity }) => quantity > 0);
    if (!trial.storeId || lines.length === 0) return null;
    return {
      store_id: trial.storeId,
      ...(trial.member && { member_id: trial.member.id }),
      lines: lines.map(({ product, quantity }) => ({ sku: product.sku, quantity: String(quantity) })),
      choices: {
        points: trial.points && trial.member ? ALL : 0,
        stored_value_minor: trial.stored && trial.member ? ALL : 0,
      },
    };
  }, [trial]);
  return {
    trial,
    change: (part: Partial<Trial>) => setTrial({ ...trial, ...part }),
    quote: useQuote(request),
    asked: request !== null,
  };
}
