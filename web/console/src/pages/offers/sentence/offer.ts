import type { Speaker } from "../../../parts/useSpeakers";
import type { OfferValues } from "../terms/values";
import { conditionsWords } from "./conditions";
import { effectWords } from "./effect";
import { fundingWords, limitWords } from "./limits";
import type { Names } from "./names";
import { scopeWords } from "./scope";

export interface Said {
  /** What it does, and on what. */
  headline: string;
  /** Under which conditions and limits, at whose cost. */
  details: string[];
}

/** An offer in words, in one language. */
export function sayOffer(offer: OfferValues, speaker: Speaker, names: Names): Said {
  const { t } = speaker;
  const goods = offer.effect?.kind === "bundle" ? "" : scopeWords(offer.scope, speaker, names);
  const does = effectWords(offer.effect ?? {}, speaker, names);
  return {
    headline: goods === "" ? does : t("offer.say.onGoods", { goods, does }),
    details: [
      ...conditionsWords(offer.conditions, speaker, names),
      ...limitWords(offer.caps, offer.limits, speaker),
      ...fundingWords(offer.funding, speaker),
    ],
  };
}
