import type { EarnRule } from "../../../api/types";
import type { Speaker } from "../../../parts/useSpeakers";
import { conditionsWords } from "../../offers/sentence/conditions";
import { listed, scopeWords } from "../../offers/sentence/scope";
import type { ConditionsValue, ScopeValue } from "../../offers/terms/values";
import { type DocumentNames, nameOf, type Said, type Saying, times } from "./words";

export const sayRules = ({ document, speaker, names }: Saying): Said[] =>
  document.earn_rules.map((rule) => ({
    key: rule.code,
    name: nameOf(rule.name, speaker),
    says: ruleWords(rule, speaker, names),
  }));

export function ruleWords(rule: EarnRule, speaker: Speaker, names: DocumentNames): string[] {
  const { t, format, language } = speaker;
  const goods = scopeWords(rule.scope as ScopeValue, speaker, names);
  const plans = (rule.conditions?.audience?.plans ?? []).map((code) => names.plan(code, language));
  return [
    effectWords(rule, speaker),
    ...(goods ? [t("programme.say.goods", { goods })] : []),
    ...conditionsWords(conditionsValue(rule.conditions), speaker, names),
    ...(plans.length > 0 ? [t("programme.say.forPlans", { plans: listed(plans, speaker) })] : []),
    ...(rule.stacks ? [t("programme.say.stacks")] : []),
    ...(rule.order_cap == null ? [] : [t("programme.say.orderCap", { cap: format.number(rule.order_cap) })]),
  ];
}

function effectWords({ effect, asset }: EarnRule, speaker: Speaker): string {
  const { t, format } = speaker;
  const what = t(`label.asset.${asset}`);
  switch (effect.kind) {
    case "rate":
      return t("programme.say.rate", {
        money: format.money(effect.per_minor ?? 0),
        amount: format.number(effect.amount ?? 0),
        asset: what,
      });
    case "multiplier":
      return t("programme.say.multiplier", { asset: what, value: times(effect.bps ?? 0, speaker) });
    case "extra": {
      const from = effect.from_minor ?? 0;
      const kind = effect.per_piece
        ? from > 0
          ? "extraPieceFrom"
          : "extraPiece"
        : from > 0
          ? "extraFrom"
          : "extra";
      return t(`programme.say.${kind}`, {
        money: format.money(from),
        amount: format.number(effect.amount ?? 0),
        asset: what,
      });
    }
  }
}

/** Offers write the minutes of a day as pairs, programmes as first and last. */
export function conditionsValue(conditions: EarnRule["conditions"]): ConditionsValue {
  const { window, ...rest } = conditions ?? {};
  const minutes = (window?.minutes ?? []).map((span) =>
    Array.isArray(span) ? span : [span.first, span.last],
  );
  return { ...rest, window: { ...window, minutes } } as ConditionsValue;
}
