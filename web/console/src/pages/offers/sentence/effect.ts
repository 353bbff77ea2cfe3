import type { Speaker } from "../../../parts/useSpeakers";
import type { EffectValue, Measure, ScopeValue, StepValue } from "../terms/values";
import type { Names } from "./names";
import { scopeWords } from "./scope";

const BPS = 10_000;
const MISSING = "…";

/** What an effect does, as people say it. */
export function effectWords(effect: EffectValue, speaker: Speaker, names: Names): string {
  const { t } = speaker;
  const say = wordsOf(speaker);
  const most = mostWords(effect, speaker);
  switch (effect.kind) {
    case undefined:
      return t("offer.say.nothing");
    case "unit_price":
      return t("offer.say.unit_price", { price: say.money(effect.price_minor) }) + most;
    case "item_percent":
      return t("offer.say.item_percent", { off: say.off(effect.off_bps) }) + most;
    case "item_amount":
      return t("offer.say.item_amount", { amount: say.money(effect.off_minor) }) + most;
    case "n_for_m":
      return t("offer.say.n_for_m", { take: say.count(effect.take), pay: say.count(effect.pay) }) + most;
    case "nth_item":
      return t("offer.say.nth_item", { nth: say.nth(effect.nth), off: say.off(effect.off_bps) }) + most;
    case "buy_get":
      return buyGetWords(effect, speaker, names) + most;
    case "bundle":
      return bundleWords(effect, speaker, names) + most;
    case "threshold":
    case "order_percent":
      return stepsWords(effect, speaker);
    case "gift":
      return t(effect.every ? "offer.say.giftEvery" : "offer.say.gift", {
        from: say.from(effect.at, effect.measure, effect.every),
        count: effect.quantity ?? 0,
        product: effect.product_id ? names.product(effect.product_id) : MISSING,
      });
    case "free_delivery":
      return t("offer.say.free_delivery", { from: say.from(effect.at, effect.measure) });
  }
}

/** Numbers of offers, as people say them; what is missing is said as an ellipsis. */
export function wordsOf({ t, format }: Speaker) {
  const money = (minor: number | null | undefined) =>
    minor === null || minor === undefined ? MISSING : format.money(minor, { whole: minor % 100 === 0 });
  const count = (value: number | null | undefined) => (value ? format.number(value) : MISSING);
  return {
    money,
    count,
    off: (bps: number | null | undefined) => {
      if (bps === null || bps === undefined) return MISSING;
      if (bps >= BPS) return t("offer.say.free");
      // 8 折 is what is left of ten tenths.
      return t("offer.say.off", { fold: format.number((BPS - bps) / 1000), percent: format.percent(bps) });
    },
    nth: (nth: number | null | undefined) =>
      nth ? t("offer.say.nth", { count: nth, ordinal: true, nth: format.number(nth) }) : MISSING,
    /** From a threshold on, or for `every` multiple of it; nothing where there is none. */
    from: (at: number | null | undefined, measure: Measure | undefined, every = false) => {
      if (at === 0) return "";
      if (at == null) return t(every ? "offer.say.everyAmount" : "offer.say.fromAmount", { amount: MISSING });
      const pieces = { count: at, at: format.number(at) };
      if (measure === "pieces") return t(every ? "offer.say.everyPieces" : "offer.say.fromPieces", pieces);
      return t(every ? "offer.say.everyAmount" : "offer.say.fromAmount", { amount: money(at) });
    },
  };
}

function mostWords({ max_quantity, max_sets }: EffectValue, { t }: Speaker): string {
  if (max_quantity) return t("offer.say.mostPieces", { count: max_quantity });
  if (max_sets) return t("offer.say.mostSets", { count: max_sets });
  return "";
}

function buyGetWords(effect: EffectValue, speaker: Speaker, names: Names): string {
  const say = wordsOf(speaker);
  const free = (effect.off_bps ?? BPS) >= BPS;
  return speaker.t(free ? "offer.say.buyGetFree" : "offer.say.buyGet", {
    buy: say.count(effect.buy),
    get: say.count(effect.get),
    of: gotWords(effect.get_scope, speaker, names),
    off: say.off(effect.off_bps),
  });
}

function gotWords(scope: ScopeValue | undefined, speaker: Speaker, names: Names): string {
  const words = scopeWords(scope, speaker, names);
  return words === "" ? "" : speaker.t("offer.say.of", { goods: words });
}

function bundleWords(effect: EffectValue, speaker: Speaker, names: Names): string {
  const { t } = speaker;
  const say = wordsOf(speaker);
  const parts = effect.parts ?? [];
  const price = say.money(effect.price_minor);
  const [only] = parts;
  if (parts.length === 1 && only) {
    return t("offer.say.anyFor", {
      count: say.count(only.count),
      of: gotWords(only.scope, speaker, names),
      price,
    });
  }
  const goods = parts.map(({ scope, count }) =>
    t("offer.say.part", {
      count: say.count(count),
      goods: scopeWords(scope, speaker, names) || t("offer.say.anyGoods"),
    }),
  );
  return t("offer.say.bundle", { goods: goods.join(" + "), price });
}

function stepsWords({ kind, steps = [], measure, every }: EffectValue, speaker: Speaker): string {
  const { t } = speaker;
  const say = wordsOf(speaker);
  const off = ({ off: value }: StepValue) => (kind === "threshold" ? say.money(value) : say.off(value));
  return steps
    .map((step) => {
      if (step.at === 0)
        return t(kind === "threshold" ? "offer.say.stepAtOnce" : "offer.say.percentAtOnce", {
          off: off(step),
        });
      const from = say.from(step.at, measure, every);
      if (kind === "order_percent") return t("offer.say.percentStep", { from, off: off(step) });
      return t(every ? "offer.say.stepEvery" : "offer.say.step", { from, off: off(step) });
    })
    .join(t("offer.say.steps"));
}
