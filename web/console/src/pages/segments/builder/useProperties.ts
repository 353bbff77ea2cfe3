import { useMemo } from "react";
import { type EventSuggestion, useEventSuggestions } from "../../../api/trackedEvents";
import type { DoneDraft, DraftTest } from "./model/draft";
import { FACTS, OWN, type ValueKind } from "./model/properties";

/** What can be asked of things that she did: of events what was seen in them, and what is asked already. */
export function useProperties({ fact, event, where }: DoneDraft): Readonly<Record<string, ValueKind>> {
  const suggested = useEventSuggestions(fact === "event").data?.items;
  return useMemo(() => {
    if (fact !== "event") return FACTS[fact];
    const asked = where
      .filter(({ property }) => property !== "")
      .map(({ property, test }) => [property, kindBy(test)]);
    const seen = (suggested ?? [])
      .filter(({ type, name }) => type === event?.type && (event.name === null || event.name === name))
      .flatMap(({ properties }) => properties)
      .map(({ name, types }) => [`${OWN}${name}`, kindOfTypes(types)]);
    return Object.fromEntries([...asked, ...seen]);
  }, [fact, event, where, suggested]);
}

/** Of a property that was not seen: by what it is compared with. */
const kindBy = ({ test, values }: DraftTest): ValueKind =>
  ["at_least", "at_most", "between"].includes(test) || typeof values[0] === "number" ? "decimal" : "word";

function kindOfTypes(types: EventSuggestion["properties"][number]["types"]): ValueKind {
  if (types.includes("text")) return "word";
  return types.includes("number") ? "decimal" : "listed";
}
