import type { Fact } from "../../../../api/segments";

/**
 * How a property's values are typed, and what they are: amounts are minor units, quantities and decimals thousandths, days numbers
 * such as 20260331. Those that are `listed` are offered with the property.
 */
export type ValueKind =
  | "count"
  | "money"
  | "quantity"
  | "decimal"
  | "percent"
  | "score"
  | "year"
  | "month"
  | "tier"
  | "gender"
  | "status"
  | "channel"
  | "stage"
  | "grade"
  | "loyalty"
  | "price"
  | "hour"
  | "store"
  | "product"
  | "listed"
  | "date"
  | "category"
  | "word";

/** What can be asked of a member herself. */
export const ATTRIBUTES = {
  tier_rank: "tier",
  growth: "count",
  points: "count",
  stored_minor: "money",
  red_packet_minor: "money",
  gender: "gender",
  birth_month: "month",
  birth_year: "year",
  join_channel: "channel",
  join_store_id: "store",
  status: "status",
} as const satisfies Record<string, ValueKind>;

/** What is reckoned of her each night, and what she prefers. Shares are hundredths of a percent. */
export const TRAITS = {
  lifecycle: "stage",
  grade: "grade",
  loyalty: "loyalty",
  recency: "score",
  frequency: "score",
  monetary: "score",
  clv_minor: "money",
  alive_bps: "percent",
  expected_milli: "quantity",
  year_net_minor: "money",
  year_days: "count",
  visits_30_days: "count",
  days: "count",
  since: "count",
  rhythm: "count",
  loyalty_bps: "percent",
  discount_bps: "percent",
  category_id: "category",
  brand: "word",
  price_band: "price",
  store_id: "store",
  channel: "channel",
  hour_band: "hour",
  cluster: "count",
} as const satisfies Record<string, ValueKind>;

/** What can be asked of each thing that members do. */
export const FACTS = {
  order: {
    net_minor: "money",
    paid_minor: "money",
    discount_minor: "money",
    units: "count",
    store_id: "store",
    channel: "channel",
  },
  line: {
    product_id: "product",
    category_id: "category",
    brand: "word",
    quantity_milli: "quantity",
    net_minor: "money",
    discount_minor: "money",
    store_id: "store",
    channel: "channel",
  },
  refund: { net_minor: "money", paid_minor: "money", store_id: "store" },
  event: {},
} as const satisfies Record<Fact, Record<string, ValueKind>>;

/** What the names of events' own properties begin with. */
export const OWN = "properties.";

export type AttributeName = keyof typeof ATTRIBUTES;
export type PropertyName = AttributeName | { [F in Fact]: keyof (typeof FACTS)[F] }[Fact];

const NUMBERS: readonly ValueKind[] = [
  "count",
  "money",
  "quantity",
  "decimal",
  "percent",
  "score",
  "year",
  "month",
  "tier",
  "date",
];

/** Whether values have an order and add up. */
export const isNumber = (kind: ValueKind): boolean => NUMBERS.includes(kind);

/** Kinds of which the few values are chosen, not typed. */
const CHOSEN: readonly ValueKind[] = ["month", "tier", "score"];

export const isChosen = (kind: ValueKind): boolean => !isNumber(kind) || CHOSEN.includes(kind);

/** The kind of a property; one that this page does not know yet is shown as words. */
export const kindOf = (known: Readonly<Record<string, ValueKind>>, name: string): ValueKind =>
  known[name] ?? "word";

/** Kinds whose values are codes with words. */
export type CodeKind = Extract<
  ValueKind,
  "gender" | "status" | "channel" | "stage" | "grade" | "loyalty" | "price" | "hour"
>;
