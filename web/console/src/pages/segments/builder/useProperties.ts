import { useMemo } from "react";
import { type EventSuggestion, useEventSuggestions } from "../../../api/trackedEvents";
import type { DoneDraft, DraftTest, FactDraft } from "./model/draft";
import { FACTS, OWN, type ValueKind } from "./model/properties";

interface Asking extends DoneDraft, Partial<Pick<FactDraft, "measured" | "property">> {}

/** What can be asked of things that she did: of events what was seen in them, and what is asked already. */
export function useProperties(asking: Asking): Readonly<Record<string, ValueKind>> {
  const { fact, event, where, measured, property } = asking;
  const suggested = useEventSuggestions(fact === "event").data?.items;
  return useMemo(() => {
    if (fact !== "event") return FACTS[fact];
    const known = new Map(
      (suggested ?? [])
        .filter(({ type, name }) => type === event?.type && (event.name === null || event.name === name))
        .flatMap(({ properties }) => properties)
        .map(({ name, types }) => [`${OWN}${name}`, kindOfTypes(types)]),
    );
    for (const { property: name, test } of where)
      if (name !== "") known.set(name, kindBy(test, known.get(name)));
    if (property && (measured === "sum" || measured === "average")) known.set(property, "decimal");
    else if (property && !known.has(property)) known.set(property, "word");
    return Object.fromEntries(known);
  }, [fact, event, where, measured, property, suggested]);
}

/** By what it is compared with, where that was not seen: texts in some events may be numbers in others. */
function kindBy({ test, value, values }: DraftTest, seen: ValueKind = "word"): ValueKind {
  if (["at_least", "at_most", "between"].includes(test)) return "decimal";
  if (typeof (values[0] ?? value) === "number") return "decimal";
  return seen === "decimal" && typeof values[0] === "string" ? "word" : seen;
}

function kindOfTypes(types: EventSuggestion["properties"][number]["types"]): ValueKind {
  if (types.includes("text")) return "word";
  return types.includes("number") ? "decimal" : "listed";
}
