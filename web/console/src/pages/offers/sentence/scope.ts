import type { Speaker } from "../../../parts/useSpeakers";
import type { ScopeValue } from "../terms/values";
import type { Names } from "./names";

const SHOWN = 3;

/** The goods of a scope; empty for all goods. */
export function scopeWords(scope: ScopeValue | undefined, speaker: Speaker, names: Names): string {
  const { t } = speaker;
  const some = listed(namesOf(scope?.products, scope?.categories, scope?.brands, names), speaker);
  const without = listed(
    namesOf(scope?.without_products, scope?.without_categories, scope?.without_brands, names),
    speaker,
  );
  if (without === "") return some;
  return t("offer.say.without", { goods: some || t("offer.say.allGoods"), without });
}

function namesOf(
  products: string[] | undefined,
  categories: string[] | undefined,
  brands: string[] | undefined,
  names: Names,
): string[] {
  return [
    ...(categories ?? []).map(names.category),
    ...(brands ?? []),
    ...(products ?? []).map(names.product),
  ];
}

/** A few of them, and how many in all. */
export function listed(words: string[], { t }: Speaker): string {
  const shown = words.slice(0, SHOWN).join(t("offer.say.comma"));
  return words.length > SHOWN ? t("offer.say.more", { shown, count: words.length }) : shown;
}
