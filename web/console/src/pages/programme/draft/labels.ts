import type { Words } from "../../../locales/zh";
import type { Section } from "../say/words";

type Draft = Words["draft"];
type Keys<Group extends keyof Draft> = Draft[Group] extends object
  ? {
      [Key in keyof Draft[Group]]: Draft[Group][Key] extends string
        ? `draft.${Group}.${Key & string}`
        : never;
    }[keyof Draft[Group]]
  : never;
type FieldLabel =
  | "draft.code"
  | Keys<"tier">
  | Keys<"growth">
  | Keys<"points">
  | Keys<"rule">
  | Keys<"benefit">
  | Keys<"plan">
  | Keys<"caps">;

type Labels = Record<string, FieldLabel>;

const NAMED: Labels = { "name.zh": "draft.tier.zh", "name.en": "draft.tier.en", code: "draft.code" };

const CAPS: Labels = {
  "caps.order": "draft.caps.order",
  "caps.day": "draft.caps.day",
  "caps.month": "draft.caps.month",
  "caps.ever": "draft.caps.ever",
};

/** What the inputs of each section are called, by their place within it. */
const LABELS: Record<Section, Labels> = {
  tiers: {
    ...NAMED,
    threshold_growth: "draft.tier.threshold",
    discount_bps: "draft.tier.discount",
    points_multiplier_bps: "draft.tier.multiplier",
  },
  growth: {
    ...CAPS,
    source: "draft.growth.source",
    window: "draft.growth.window",
    "window.months": "draft.growth.months",
    "window.first_month": "draft.growth.firstMonth",
    grace_days: "draft.growth.grace",
    order_minimum_minor: "draft.growth.minimum",
    "counted.zh": "draft.growth.countedZh",
    "counted.en": "draft.growth.countedEn",
  },
  points: {
    ...CAPS,
    points_per_unit: "draft.points.perUnit",
    unit_minor: "draft.points.unit",
    max_share_bps: "draft.points.share",
    minimum: "draft.points.minimum",
    step: "draft.points.step",
    expiry: "draft.points.expiry",
    "expiry.months": "draft.points.months",
    "expiry.month": "draft.points.month",
    "expiry.day": "draft.points.day",
    "expiry.years": "draft.points.years",
    pending_days: "draft.points.pending",
    rounding: "draft.points.rounding",
    shortfall: "draft.points.shortfall",
    adjust_limit: "draft.points.adjust",
  },
  earn_rules: {
    ...NAMED,
    "effect.amount": "draft.rule.amount",
    "effect.per_minor": "draft.rule.per",
    "effect.bps": "draft.rule.times",
    "effect.from_minor": "draft.rule.from",
    order_cap: "draft.rule.cap",
    scope: "draft.rule.goods",
    conditions: "draft.rule.who",
    "conditions.window": "draft.rule.when",
    "audience.tiers": "draft.benefit.tiers",
    "audience.plans": "draft.rule.plans",
  },
  benefits: {
    ...NAMED,
    "effect.off_bps": "draft.benefit.off",
    "effect.bps": "draft.benefit.times",
    "effect.from_minor": "draft.benefit.from",
    "effect.scope": "draft.benefit.goods",
    "effect.prices": "draft.benefit.prices",
    "effect.coupons": "draft.benefit.coupons",
    "effect.count": "draft.benefit.uses",
    "coupons.count": "draft.benefit.count",
    "effect.pieces": "draft.benefit.pieces",
    "effect.period": "draft.benefit.period",
    "effect.price_minor": "draft.benefit.priceEach",
    "prices.price_minor": "draft.benefit.price",
    timing: "draft.benefit.timing",
    "timing.month": "draft.benefit.month",
    "timing.day": "draft.benefit.day",
    "timing.lunar": "draft.benefit.lunar",
    holders: "draft.benefit.holders",
    "holders.tiers": "draft.benefit.tiers",
    "holders.plans": "draft.benefit.plans",
  },
  plans: {
    ...NAMED,
    price_minor: "draft.plan.price",
    months: "draft.plan.months",
    trial_days: "draft.plan.trial",
    rank: "draft.plan.rank",
    refund: "draft.plan.refund",
    refund_days: "draft.plan.refundDays",
  },
};

/** The label of the input that `within` (a path inside its section) leads to; the name of a variant does not count. */
export function labelOf(section: Section, within: readonly (string | number)[]): FieldLabel | undefined {
  const parts = within.filter((part) => typeof part === "string");
  const leads = (place: string) => {
    let at = -1;
    return place.split(".").every((part) => {
      at = parts.indexOf(part, at + 1);
      return at >= 0;
    });
  };
  const found = Object.entries(LABELS[section]).filter(([place]) => leads(place));
  return found.sort(([one], [other]) => other.split(".").length - one.split(".").length)[0]?.[1];
}
