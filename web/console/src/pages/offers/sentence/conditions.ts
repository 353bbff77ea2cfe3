import type { Speaker } from "../../../parts/useSpeakers";
import type { AudienceValue, ConditionsValue, WindowValue } from "../terms/values";
import type { Names } from "./names";
import { listed } from "./scope";

const MIDNIGHT = 24 * 60;

/** When, where and for whom, one phrase each; what is not limited is not said. */
export function conditionsWords(
  conditions: ConditionsValue | undefined,
  speaker: Speaker,
  names: Names,
): string[] {
  const { t } = speaker;
  const stores = (conditions?.stores ?? []).map(names.store);
  const channels = (conditions?.channels ?? []).map((channel) => channelWords(channel, speaker));
  return [
    ...audienceWords(conditions?.audience, speaker, names),
    ...windowWords(conditions?.window, speaker),
    ...(stores.length > 0 ? [t("offer.say.inStores", { stores: listed(stores, speaker) })] : []),
    ...(channels.length > 0 ? [t("offer.say.inChannels", { channels: listed(channels, speaker) })] : []),
  ];
}

function channelWords(code: string, { t }: Speaker): string {
  return (t as (key: string, options: object) => string)(`label.channel.${code}`, { defaultValue: code });
}

function audienceWords(audience: AudienceValue | undefined, speaker: Speaker, names: Names): string[] {
  const { t, language } = speaker;
  const tiers = (audience?.tiers ?? []).map((id) => names.tier(id, language));
  const who = audience?.who ?? "everybody";
  return [
    ...(who === "first_order" ? [t("offer.say.firstOrder")] : []),
    ...(tiers.length > 0
      ? [t("offer.say.forTiers", { tiers: listed(tiers, speaker) })]
      : who === "members"
        ? [t("offer.say.forMembers")]
        : []),
    ...(audience?.tags?.length ? [t("offer.say.forTags", { tags: listed(audience.tags, speaker) })] : []),
    ...(audience?.birthday ? [t(`offer.say.birthday.${audience.birthday}`)] : []),
  ];
}

export function windowWords(window: WindowValue | undefined, speaker: Speaker): string[] {
  const { t, format } = speaker;
  const { starts_at, ends_at, weekdays = [], month_days = [], minutes = [] } = window ?? {};
  const starts = starts_at ? format.dateTime(starts_at) : "";
  const ends = ends_at ? format.dateTime(ends_at) : "";
  const days = [...weekdays].sort((one, other) => one - other) as (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
  return [
    ...(starts && ends ? [t("offer.say.between", { starts, ends })] : []),
    ...(starts && !ends ? [t("offer.say.since", { starts })] : []),
    ...(!starts && ends ? [t("offer.say.until", { ends })] : []),
    ...(days.length > 0 && days.length < 7
      ? [days.map((day) => t(`offer.when.day.d${day}`)).join(t("offer.say.comma"))]
      : []),
    ...(month_days.length > 0
      ? [
          t("offer.say.monthDays", {
            days: [...month_days].sort((one, other) => one - other).join(t("offer.say.comma")),
          }),
        ]
      : []),
    ...(minutes.length > 0 ? [minutes.map(spanWords).join(t("offer.say.comma"))] : []),
  ];
}

const spanWords = ([first = 0, last = MIDNIGHT]: number[]) => `${clock(first)}–${clock(last)}`;

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
