import type { EarnCaps, ProgrammeDocument } from "../../../api/types";
import type { Speaker } from "../../../parts/useSpeakers";
import { nameOf, type Said, type Saying, times } from "./words";

const CAPS = ["order", "day", "month", "ever"] as const;

export function capsWords(caps: EarnCaps | undefined, { t, format }: Speaker): string {
  const said = CAPS.flatMap((name) => {
    const cap = caps?.[name];
    return cap == null ? [] : [t(`programme.say.caps.${name}`, { cap: format.number(cap) })];
  });
  return said.length > 0 ? said.join(t("programme.say.comma")) : t("programme.say.noCaps");
}

export function sayTiers({ document, speaker }: Saying): Said[] {
  const { t, format } = speaker;
  return document.tiers.map((tier) => ({
    key: tier.code,
    name: nameOf(tier.name, speaker),
    says: [
      tier.threshold_growth > 0
        ? t("programme.say.threshold", { growth: format.number(tier.threshold_growth) })
        : t("programme.say.everybody"),
      ...(tier.discount_bps ? [t("programme.say.off", { percent: format.percent(tier.discount_bps) })] : []),
      ...((tier.points_multiplier_bps ?? 10_000) === 10_000
        ? []
        : [t("programme.say.times", { value: times(tier.points_multiplier_bps ?? 10_000, speaker) })]),
    ],
  }));
}

export function sayGrowth({ document: { growth }, speaker }: Saying): Said[] {
  const { t, format } = speaker;
  const source = growth.source ?? "spend";
  const from = growth.order_minimum_minor ?? 0;
  const rows = {
    source:
      source === "orders" && from > 0
        ? t("programme.say.ordersFrom", { money: format.money(from) })
        : t(`programme.say.source.${source}`),
    window: windowWords(growth.window, speaker),
    fall: t(`programme.say.fall.${growth.fall ?? "straight"}`),
    grace: growth.grace_days
      ? t("programme.say.grace", { days: growth.grace_days })
      : t("programme.say.noGrace"),
    caps: capsWords(growth.caps, speaker),
    ...(growth.counted ? { counted: nameOf(growth.counted, speaker) } : {}),
  };
  return Object.entries(rows).map(([key, said]) => ({
    key,
    name: t(`programme.say.growthRow.${key as keyof typeof rows}`),
    says: [said],
  }));
}

function windowWords(window: ProgrammeDocument["growth"]["window"], { t }: Speaker): string {
  switch (window.kind) {
    case "rolling":
      return t("programme.say.rolling", { months: window.months });
    case "calendar":
      return t("programme.say.calendar", { month: window.first_month ?? 1 });
    case "anniversary":
      return t(`programme.say.anniversary.${window.since}`, { months: window.months ?? 12 });
  }
}

export function sayPoints({ document: { points }, speaker }: Saying): Said[] {
  const { t, format } = speaker;
  const { spending } = points;
  const rows = {
    worth: [
      t("programme.say.worth", {
        points: format.number(spending.points_per_unit),
        money: format.money(spending.unit_minor),
      }),
    ],
    use: [
      t("programme.say.share", { percent: format.percent(spending.max_share_bps) }),
      ...(spending.minimum ? [t("programme.say.minimum", { points: format.number(spending.minimum) })] : []),
      ...((spending.step ?? 1) > 1
        ? [t("programme.say.step", { points: format.number(spending.step ?? 1) })]
        : []),
    ],
    expiry: [expiryWords(points.expiry, speaker)],
    pending: [
      points.pending_days
        ? t("programme.say.pending", { days: points.pending_days })
        : t("programme.say.pendingNow"),
    ],
    rounding: [t(`programme.say.rounding.${points.rounding ?? "down"}`)],
    caps: [capsWords(points.caps, speaker)],
    shortfall: [t(`programme.say.shortfall.${points.shortfall ?? "negative"}`)],
    adjust: [t("programme.say.adjustLimit", { points: format.number(points.adjust_limit ?? 1_000) })],
  };
  return Object.entries(rows).map(([key, says]) => ({
    key,
    name: t(`programme.say.pointsRow.${key as keyof typeof rows}`),
    says,
  }));
}

function expiryWords(expiry: ProgrammeDocument["points"]["expiry"], { t }: Speaker): string {
  switch (expiry?.kind) {
    case "rolling":
      return t("programme.say.expiryRolling", { months: expiry.months });
    case "activity":
      return t("programme.say.expiryActivity", { months: expiry.months });
    case "fixed": {
      const years = expiry.years ?? 0;
      const when = years === 0 ? "same" : years === 1 ? "next" : "later";
      return t("programme.say.expiryFixed", {
        when: t(`programme.say.expiryYears.${when}`, { years }),
        month: expiry.month,
        day: expiry.day,
      });
    }
    default:
      return t("programme.say.expiryNever");
  }
}

export function sayPlans({ document, speaker }: Saying): Said[] {
  const { t, format } = speaker;
  return (document.plans ?? []).map((plan) => ({
    key: plan.code,
    name: nameOf(plan.name, speaker),
    says: [
      t("programme.say.plan", { money: format.money(plan.price_minor), months: plan.months }),
      ...(plan.trial_days ? [t("programme.say.trial", { days: plan.trial_days })] : []),
      t(`programme.say.refund.${plan.refund ?? "unused_days"}`, { days: plan.refund_days ?? 7 }),
      ...(plan.rank ? [t("programme.say.rank", { rank: plan.rank })] : []),
      ...(plan.on_sale === false ? [t("programme.say.offSale")] : []),
    ],
  }));
}
