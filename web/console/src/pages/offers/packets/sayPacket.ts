import type { Speaker } from "../../../parts/useSpeakers";
import { windowWords } from "../sentence/conditions";
import { wordsOf } from "../sentence/effect";
import { fundingWords } from "../sentence/limits";
import type { Said } from "../sentence/offer";
import type { PacketValues } from "./values";

/** A red packet campaign in words, in one language. */
export function sayPacket(values: PacketValues, speaker: Speaker): Said {
  const { t, format } = speaker;
  const say = wordsOf(speaker);
  const { kind = "activation", amount, caps, days, parts } = values;
  const low = say.money(amount?.low_minor);
  const high = say.money(amount?.high_minor);
  const holds =
    kind === "after_purchase" && amount?.share_bps != null
      ? t("packets.say.share", { share: format.percent(amount.share_bps), low, high })
      : low === high
        ? low
        : t("packets.say.range", { low, high });
  const headline = t(`packets.say.${kind}`, { holds, count: parts ?? 0 });
  return {
    headline,
    details: [
      t("packets.say.days", { count: days ?? 0 }),
      ...(kind === "shared" ? [t(`packets.split.${values.split ?? "lucky"}`)] : []),
      ...(kind === "after_purchase" && values.min_paid_minor
        ? [t("packets.say.minPaid", { amount: say.money(values.min_paid_minor) })]
        : []),
      ...(caps?.from_minor ? [t("packets.say.from", { amount: say.money(caps.from_minor) })] : []),
      ...(caps?.order_minor ? [t("packets.say.mostOrder", { amount: say.money(caps.order_minor) })] : []),
      ...(caps?.share_bps != null && caps.share_bps < 10_000
        ? [t("packets.say.mostShare", { share: format.percent(caps.share_bps) })]
        : []),
      ...windowWords({ starts_at: values.starts_at ?? null, ends_at: values.ends_at ?? null }, speaker),
      ...(values.per_member ? [t("packets.say.perMember", { count: values.per_member })] : []),
      ...(values.budget_minor ? [t("offer.say.budget", { amount: say.money(values.budget_minor) })] : []),
      ...fundingWords(values.funding, speaker),
    ],
  };
}
