import type { PromotionBody } from "../../../api/types";
import { type EffectValue, FIELDS_OF, type FundingValue, type OfferValues } from "./values";

/** What the editor holds, as the API takes it. What is still missing is sent as it is: the server says so. */
export function bodyOf(values: OfferValues): PromotionBody {
  const { code = "", name, group, effect, scope, conditions, funding, caps, limits } = values;
  return filled({
    code: code.trim(),
    name: { zh: name?.zh?.trim() ?? "", en: name?.en?.trim() ?? "" },
    group: group ?? "default",
    effect: effectOf(effect),
    scope,
    conditions,
    funding: fundingOf(funding),
    caps,
    limits,
  }) as unknown as PromotionBody;
}

/** Only the fields of its kind; what another kind left behind is dropped. */
function effectOf(effect: EffectValue | null | undefined) {
  const kind = effect?.kind;
  if (!effect || !kind) return null;
  return { kind, ...Object.fromEntries(FIELDS_OF[kind].map((field) => [field, effect[field]])) };
}

/** Only partners have a name. */
export const fundingOf = (funding: FundingValue[] | undefined) =>
  (funding ?? []).map((share) => ({ ...share, party: share.funder === "partner" ? share.party : null }));

/** Without what was never filled in: the API has its own defaults. */
export function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, filled(item)]),
  );
}

/** A code nobody has to think up: kind of thing, day, and a few letters that will not be met twice. */
export function freshCode(prefix: string): string {
  const day = new Date().toISOString().slice(2, 10).replaceAll("-", "");
  const letters = crypto.getRandomValues(new Uint8Array(3));
  return `${prefix}${day}-${Array.from(letters, (byte) => "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[byte % 32]).join("")}`;
}
