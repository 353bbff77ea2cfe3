import type { Adjustment } from "../../api/types";

export interface Reason {
  key: string;
  reason: Adjustment["reason"];
  amount_minor: number;
}

/** Adjustments added up by reason, whoever bears them, in the order of the stages. */
export function summed(adjustments: Adjustment[]): Reason[] {
  const sums = new Map<string, Reason>();
  for (const { stage, rule, reason, amount_minor } of adjustments) {
    const key = `${stage} ${rule}`;
    const sum = sums.get(key);
    sums.set(key, { key, reason, amount_minor: amount_minor + (sum?.amount_minor ?? 0) });
  }
  return [...sums.values()];
}
