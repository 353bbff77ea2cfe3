import type { ProgrammeBenefit, ProgrammeDocument } from "../../../api/types";
import type { Speaker } from "../../../parts/useSpeakers";
import { listed, scopeWords } from "../../offers/sentence/scope";
import type { ScopeValue } from "../../offers/terms/values";
import { type DocumentNames, nameOf, type Said, type Saying, times } from "./words";

export const sayBenefits = ({ document, speaker, names }: Saying): Said[] =>
  (document.benefits ?? []).map((benefit) => ({
    key: benefit.code,
    name: nameOf(benefit.name, speaker),
    says: [
      effectWords(benefit.effect, speaker, names),
      holderWords(benefit.holders, document, speaker, names),
    ],
  }));

type Effect = ProgrammeBenefit["effect"];
type Timing = Extract<Effect, { kind: "coupon_pack" }>["timing"];

function effectWords(effect: Effect, speaker: Speaker, names: DocumentNames): string {
  const { t, format } = speaker;
  const goods = (scope: unknown) =>
    scopeWords(scope as ScopeValue, speaker, names) || t("programme.say.benefit.allGoods");
  switch (effect.kind) {
    case "discount_rate": {
      const off = t("programme.say.benefit.discount_rate", { percent: format.percent(effect.off_bps ?? 0) });
      return scopeWords(effect.scope as ScopeValue, speaker, names) ? `${goods(effect.scope)} ${off}` : off;
    }
    case "member_prices":
      return t("programme.say.benefit.member_prices", {
        prices: listed(
          (effect.prices ?? []).map((price) =>
            t("programme.say.benefit.price", {
              product: price?.product_id ? names.product(price.product_id) : "…",
              money: format.money(price?.price_minor ?? 0),
            }),
          ),
          speaker,
        ),
      });
    case "exclusive_products":
      return t("programme.say.benefit.exclusive_products", { goods: goods(effect.scope) });
    case "more_points":
      return t("programme.say.benefit.more_points", { value: times(effect.bps ?? 0, speaker) });
    case "delivery_free":
      return effect.from_minor
        ? t("programme.say.benefit.delivery_freeFrom", { money: format.money(effect.from_minor) })
        : t("programme.say.benefit.delivery_free");
    case "coupon_pack":
      return t("programme.say.benefit.coupon_pack", {
        when: timingWords(effect.timing, speaker),
        coupons: listed(
          (effect.coupons ?? []).map((item) =>
            t("programme.say.benefit.coupon", {
              name: item?.template_id ? names.template(item.template_id) : "…",
              count: item?.count ?? 1,
            }),
          ),
          speaker,
        ),
      });
    case "partner_code":
      return t(`programme.say.benefit.partner_code.${effect.source}`, {
        when: timingWords(effect.timing, speaker),
      });
    case "entitlement": {
      const service = t(`programme.say.service.${effect.service}`);
      if (effect.count == null) return t("programme.say.benefit.entitlementAny", { service });
      const period = t(`programme.say.period.${effect.period ?? "month"}`);
      return t("programme.say.benefit.entitlement", { service, period, count: effect.count });
    }
    case "limited_purchase": {
      const said = t("programme.say.benefit.limited_purchase", {
        period: t(`programme.say.period.${effect.period ?? "month"}`),
        pieces: effect.pieces,
        goods: goods(effect.scope),
      });
      if (effect.price_minor == null) return said;
      return t("programme.say.benefit.limitedPrice", { said, money: format.money(effect.price_minor) });
    }
  }
}

function timingWords(timing: Timing, { t }: Speaker): string {
  const { month, day, days_before: days } = timing;
  const occasion =
    timing.occasion === "festival" && timing.lunar ? ("festivalLunar" as const) : timing.occasion;
  const when = t(`programme.say.occasion.${occasion}`, { month: month ?? "?", day: day ?? "?" });
  return days ? t("programme.say.occasion.before", { when, days }) : when;
}

function holderWords(
  holders: ProgrammeBenefit["holders"],
  document: ProgrammeDocument,
  speaker: Speaker,
  names: DocumentNames,
): string {
  const { t, language } = speaker;
  /** In the order of the document; what was dropped from it holds the benefit no more, and is said to be gone. */
  const holding = (
    held: readonly string[],
    listed: readonly { code: string }[],
    name: (code: string, language: string) => string,
  ) => {
    const codes = listed.map(({ code }) => code);
    return [
      ...codes.filter((code) => held.includes(code)).map((code) => name(code, language)),
      ...held
        .filter((code) => !codes.includes(code))
        .map((code) => t("draft.gone", { name: name(code, language) })),
    ];
  };
  const who = [
    ...holding(holders?.tiers ?? [], document.tiers, names.tier),
    ...holding(holders?.plans ?? [], document.plans ?? [], names.plan),
    ...(holders?.tags ?? []).map((tag) => t("programme.say.tag", { tag })),
  ];
  if (who.length === 0) return t("programme.say.holdersNone");
  return t("programme.say.holders", { who: who.join(t("programme.say.comma")) });
}
