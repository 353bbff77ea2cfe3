import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Tracked, useEventSuggestions, useEventTexts } from "../../../api/trackedEvents";
import { useSettled } from "../../../parts/useSettled";
import styles from "./builder.module.css";
import type { DoneDraft, DraftFilter, EventDraft } from "./model/draft";
import { kindOf, OWN, type ValueKind } from "./model/properties";
import { TestFields } from "./TestFields";

const TYPES: readonly Tracked[] = ["track", "page", "screen"];
const PAUSE_MS = 250;

const keyOf = ({ type, name }: EventDraft) => `${type}:${name ?? ""}`;

function eventOf(key: string): EventDraft {
  const [type, ...name] = key.split(":");
  return { type: type as Tracked, name: name.join(":") || null };
}

/** Which event: one that came already, one that is to come, or any of its kind. */
export function EventField<D extends DoneDraft>({
  draft,
  onChange,
}: {
  draft: D;
  onChange: (draft: D) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const suggested = useEventSuggestions(draft.fact === "event");
  if (draft.fact !== "event") return null;
  const named = (suggested.data?.items ?? []).filter(({ name }) => name !== "");
  const known = new Set(named.map(keyOf));
  const name = typed.trim();
  const own: EventDraft[] = name === "" ? [] : TYPES.map((type) => ({ type, name }));
  if (draft.event?.name) own.push(draft.event);
  const groups = TYPES.map((type) => ({
    label: t(`builder.events.${type}`),
    options: [
      { value: `${type}:`, label: t(`builder.anyEvent.${type}`) },
      ...[...named, ...own.filter((each) => !known.has(keyOf(each)))]
        .filter((each) => each.type === type)
        .map((each) => ({ value: keyOf(each), label: each.name ?? "" })),
    ].filter(({ value }, at, all) => all.findIndex((other) => other.value === value) === at),
  }));
  return (
    <Select
      className={styles.event ?? ""}
      value={draft.event && keyOf(draft.event)}
      aria-label={t("builder.event")}
      placeholder={t("builder.pickEvent")}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: "label", onSearch: setTyped }}
      options={groups}
      onChange={(key: string) => onChange({ ...draft, event: eventOf(key), where: [], ...noProperty(draft) })}
    />
  );
}

/** What was measured of a property of another event is not measured of this one. */
const noProperty = (draft: object) =>
  "property" in draft && draft.property !== null ? { measured: "times", property: null } : {};

/** How a property compares; texts of events are looked for as they are typed. */
export function FilterTest({
  draft,
  known,
  filter,
  onChange,
}: {
  draft: DoneDraft;
  known: Readonly<Record<string, ValueKind>>;
  filter: DraftFilter;
  onChange: (filter: DraftFilter) => void;
}) {
  const { t } = useTranslation();
  const kind = kindOf(known, filter.property);
  const [typed, setTyped] = useState("");
  const asked = draft.fact === "event" && kind === "word";
  const found = useEventTexts(
    {
      type: draft.event?.type ?? "track",
      name: draft.event?.name ?? "",
      property: filter.property.replace(OWN, ""),
      containing: useSettled(typed, PAUSE_MS),
    },
    asked,
  );
  const yesNo = (["yes", "no"] as const).map((value) => ({
    value: value as string,
    label: t(`builder.yesNo.${value}`),
  }));
  const texts = (found.data?.items ?? []).map(({ value, members }) => ({
    value: String(value),
    label: t("builder.valueOf", { value: String(value), count: members }),
  }));
  return (
    <TestFields
      kind={kind}
      offered={kind === "listed" ? yesNo : texts}
      {...(asked && { onSearch: setTyped })}
      test={filter.test}
      onChange={(test) => onChange({ ...filter, test })}
    />
  );
}
