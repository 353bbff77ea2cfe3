/**
 * What the editor of an offer holds while it is being written: the API's document, with every field
 * possibly still missing. The server decides what is wrong; the editor only keeps what was typed.
 */

export interface ScopeValue {
  products?: string[];
  categories?: string[];
  brands?: string[];
  without_products?: string[];
  without_categories?: string[];
  without_brands?: string[];
}

export interface StepValue {
  at?: number | null;
  off?: number | null;
}

export const ITEM_EFFECTS = [
  "unit_price",
  "item_percent",
  "item_amount",
  "n_for_m",
  "nth_item",
  "buy_get",
  "bundle",
] as const;
export const ORDER_EFFECTS = ["threshold", "order_percent", "gift", "free_delivery"] as const;
export type EffectKind = (typeof ITEM_EFFECTS)[number] | (typeof ORDER_EFFECTS)[number];

export type Measure = "amount" | "pieces";

/** All fields of all effects; which of them count is up to `kind`. */
export interface EffectValue {
  kind?: EffectKind;
  price_minor?: number | null;
  off_bps?: number | null;
  off_minor?: number | null;
  max_quantity?: number | null;
  max_sets?: number | null;
  take?: number | null;
  pay?: number | null;
  nth?: number | null;
  buy?: number | null;
  get?: number | null;
  get_scope?: ScopeValue;
  parts?: { scope?: ScopeValue; count?: number | null }[];
  steps?: StepValue[];
  measure?: Measure;
  every?: boolean;
  product_id?: string | null;
  quantity?: number | null;
  at?: number | null;
}

export const FIELDS_OF: Record<EffectKind, readonly (keyof EffectValue)[]> = {
  unit_price: ["price_minor", "max_quantity"],
  item_percent: ["off_bps", "max_quantity"],
  item_amount: ["off_minor", "max_quantity"],
  n_for_m: ["take", "pay", "max_sets"],
  nth_item: ["nth", "off_bps", "max_sets"],
  buy_get: ["buy", "get", "get_scope", "off_bps", "max_sets"],
  bundle: ["parts", "price_minor", "max_sets"],
  threshold: ["steps", "measure", "every"],
  order_percent: ["steps", "measure"],
  gift: ["product_id", "quantity", "at", "measure", "every"],
  free_delivery: ["at", "measure"],
};

/** What a new effect of a kind starts from. */
export const STARTS: Record<EffectKind, EffectValue> = {
  unit_price: {},
  item_percent: { off_bps: 2000 },
  item_amount: {},
  n_for_m: { take: 3, pay: 2 },
  nth_item: { nth: 2, off_bps: 5000 },
  buy_get: { buy: 1, get: 1, off_bps: 10_000, get_scope: {} },
  bundle: { parts: [{ count: 3, scope: {} }] },
  threshold: { steps: [{}], measure: "amount", every: false },
  order_percent: { steps: [{ at: 0, off: 1000 }], measure: "amount" },
  gift: { quantity: 1, measure: "amount", every: false },
  free_delivery: { measure: "amount" },
};

export interface WindowValue {
  starts_at?: string | null;
  ends_at?: string | null;
  weekdays?: number[];
  month_days?: number[];
  minutes?: [number, number][];
}

export const WHO = ["everybody", "members", "first_order"] as const;
export const BIRTHDAYS = ["day", "week", "month"] as const;
export const FUNDERS = ["merchant", "store", "platform", "partner"] as const;
export const PERIODS = ["day", "week", "month", "year"] as const;
export const CHANNELS = ["pos", "mini_program", "mall", "web"] as const;

export interface AudienceValue {
  who?: (typeof WHO)[number];
  tiers?: string[];
  plans?: string[];
  tags?: string[];
  birthday?: (typeof BIRTHDAYS)[number] | null;
}

export interface ConditionsValue {
  window?: WindowValue;
  stores?: string[];
  channels?: string[];
  audience?: AudienceValue;
}

export interface FundingValue {
  funder?: (typeof FUNDERS)[number];
  bps?: number | null;
  party?: string | null;
}

export interface CapsValue {
  line_minor?: number | null;
  order_minor?: number | null;
}

export interface LimitsValue {
  uses?: number | null;
  budget_minor?: number | null;
  uses_per_member?: number | null;
  pieces_per_member?: number | null;
  period?: (typeof PERIODS)[number] | null;
}

export interface NameValue {
  zh?: string;
  en?: string;
}

/** What promotions and coupon templates share. */
export interface OfferValues {
  code?: string;
  name?: NameValue;
  group?: string;
  effect?: EffectValue | null;
  scope?: ScopeValue;
  conditions?: ConditionsValue;
  funding?: FundingValue[];
  caps?: CapsValue;
  limits?: LimitsValue;
}

export const NEW_OFFER: OfferValues = {
  group: "default",
  effect: { kind: "threshold", ...STARTS.threshold },
  scope: {},
  conditions: { window: {}, audience: { who: "everybody" } },
  funding: [{ funder: "merchant", bps: 10_000 }],
  caps: {},
  limits: {},
};
