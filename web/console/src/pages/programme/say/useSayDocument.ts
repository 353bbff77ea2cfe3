import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useShelf } from "../../../api/shelf";
import { TEMPLATES } from "../../../api/templates";
import type { ProgrammeDocument } from "../../../api/types";
import type { Language } from "../../../app/i18n";
import { useCan } from "../../../app/session";
import { useFormat } from "../../../parts/useFormat";
import type { Speaker } from "../../../parts/useSpeakers";
import type { OfferValues, ScopeValue } from "../../offers/terms/values";
import { useNames } from "../../offers/useNames";
import { sayBenefits } from "./benefit";
import { sayGrowth, sayPlans, sayPoints, sayTiers } from "./policy";
import { sayRules } from "./rule";
import { type DocumentNames, nameOf, type SaidDocument } from "./words";

/** Everything a document names, as offers would name it. */
function namingOf(document: ProgrammeDocument): OfferValues[] {
  const rules = document.earn_rules.map((rule) => ({
    scope: rule.scope as ScopeValue,
    conditions: { stores: rule.conditions?.stores ?? [] },
  }));
  const benefits = (document.benefits ?? []).map(({ effect }): OfferValues => {
    if (effect.kind === "member_prices") {
      return { scope: { products: (effect.prices ?? []).flatMap((price) => price?.product_id ?? []) } };
    }
    return "scope" in effect ? { scope: effect.scope as ScopeValue } : {};
  });
  return [...rules, ...benefits];
}

/** The language and formats of the page. */
export function useSpeaker(): Speaker {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return useMemo(() => ({ t, format, language: i18n.language as Language }), [t, format, i18n.language]);
}

/** Documents in words, in the language of the page; with the products and stores they name. */
export function useSayDocument(documents: readonly ProgrammeDocument[]) {
  const can = useCan();
  const speaker = useSpeaker();
  const { names, products, stores } = useNames(documents.flatMap(namingOf));
  const packs = documents.some((one) =>
    (one.benefits ?? []).some(({ effect }) => effect.kind === "coupon_pack"),
  );
  const templates = useShelf(TEMPLATES, { limit: 200 }, packs && can("offers.read")).data?.items;
  return useMemo(() => {
    /** What the document no longer has is called as in `elder`, if there is one. */
    const say = (document: ProgrammeDocument, elder?: ProgrammeDocument): SaidDocument => {
      const of =
        (...lists: (readonly { code: string; name: { zh: string; en: string } }[] | undefined)[]) =>
        (code: string) => {
          const found = lists.flatMap((list) => list ?? []).find((one) => one.code === code);
          return found ? nameOf(found.name, speaker) : code;
        };
      const known: DocumentNames = {
        ...names,
        tier: of(document.tiers, elder?.tiers),
        plan: of(document.plans, elder?.plans),
        template: (id) => {
          const found = templates?.find((one) => one.id === id);
          return found ? nameOf({ zh: found.name.zh ?? "", en: found.name.en ?? "" }, speaker) : "…";
        },
      };
      const saying = { document, speaker, names: known };
      return {
        tiers: sayTiers(saying),
        growth: sayGrowth(saying),
        points: sayPoints(saying),
        earn_rules: sayRules(saying),
        benefits: sayBenefits(saying),
        plans: sayPlans(saying),
      };
    };
    return { say, products, stores };
  }, [names, products, stores, templates, speaker]);
}
