import type { Speaker } from "../../../parts/useSpeakers";
import type { CapsValue, FundingValue, LimitsValue } from "../terms/values";
import { wordsOf } from "./effect";

/** The most it takes off, and how often it may be used. */
export function limitWords(
  caps: CapsValue | undefined,
  limits: LimitsValue | undefined,
  speaker: Speaker,
): string[] {
  const { t } = speaker;
  const say = wordsOf(speaker);
  const each = t(`offer.say.each.${limits?.period ?? "ever"}`);
  return [
    ...(caps?.order_minor ? [t("offer.say.capOrder", { amount: say.money(caps.order_minor) })] : []),
    ...(caps?.line_minor ? [t("offer.say.capLine", { amount: say.money(caps.line_minor) })] : []),
    ...(limits?.uses_per_member ? [t("offer.say.usesEach", { each, count: limits.uses_per_member })] : []),
    ...(limits?.pieces_per_member
      ? [t("offer.say.piecesEach", { each, count: limits.pieces_per_member })]
      : []),
    ...(limits?.uses ? [t("offer.say.uses", { count: limits.uses, uses: say.count(limits.uses) })] : []),
    ...(limits?.budget_minor ? [t("offer.say.budget", { amount: say.money(limits.budget_minor) })] : []),
  ];
}

/** Who pays; nothing where it is the merchant alone. */
export function fundingWords(funding: FundingValue[] | undefined, speaker: Speaker): string[] {
  const { t, format } = speaker;
  const shares = funding ?? [];
  if (shares.length <= 1 && (shares[0]?.funder ?? "merchant") === "merchant") return [];
  const words = shares.map(
    ({ funder = "merchant", party, bps }) =>
      `${party || t(`offer.funding.name.${funder}`)} ${format.percent(bps ?? 0)}`,
  );
  return [t("offer.say.paidBy", { who: words.join(t("offer.say.comma")) })];
}
