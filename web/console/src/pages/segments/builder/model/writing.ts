import type { Behaviour, Leaf, Test, Tree, Window } from "../../../../api/segments";
import {
  type DoneDraft,
  type DraftDays,
  type DraftNear,
  type DraftTest,
  type DraftWindow,
  type FactDraft,
  type GroupDraft,
  isGroup,
  type LeafDraft,
  OF_PROPERTY,
  type RuleDraft,
  type SequenceDraft,
} from "./draft";

/** `tree` is null while conditions are not filled in; `open` are their ids. */
export interface Written {
  tree: Tree | null;
  open: ReadonlySet<string>;
  /** Of the condition that a part of the tree was written from. */
  idOf: ReadonlyMap<object, string>;
}

export function written(root: GroupDraft): Written {
  const open = new Set<string>();
  const idOf = new Map<object, string>();
  const note = (made: Tree, id: string): Tree => {
    idOf.set(made, id);
    return made;
  };
  const part = (each: RuleDraft | GroupDraft): Tree => {
    if (!isGroup(each)) {
      const leaf = leafOf(each.value);
      if (leaf === null) open.add(each.id);
      return note(leaf ?? { rule: "any", of: [] }, each.id);
    }
    const of = each.rules.map(part);
    const made: Tree = each.combinator === "and" ? { rule: "all", of } : { rule: "any", of };
    note(made, each.id);
    return each.not ? note({ rule: "not", of: made }, each.id) : made;
  };
  const tree = part(root);
  return { tree: open.size > 0 ? null : tree, open, idOf };
}

function leafOf(leaf: LeafDraft): Leaf | null {
  switch (leaf.leaf) {
    case "blank":
      return null;
    case "attribute":
    case "registered":
    case "trait": {
      const test = testOf(leaf.test);
      return test && { rule: leaf.leaf, name: leaf.name, test };
    }
    case "fact":
      return factOf(leaf);
    case "joined": {
      const window = windowOf(leaf.window);
      return window && { rule: "joined", window };
    }
    case "dated": {
      const days = nearOf(leaf.days);
      return days && { rule: "dated", day: leaf.day, name: leaf.name, days, yearly: leaf.yearly };
    }
    case "in":
      return leaf.id === null ? null : { rule: "in", segment_id: leaf.id };
    case "tagged":
      return leaf.id === null ? null : { rule: "tagged", tag_id: leaf.id };
    case "consented":
      return { rule: "consented", purpose: leaf.purpose, channel: leaf.channel };
    case "percentile": {
      const window = windowOf(leaf.window);
      return window && { rule: "percentile", by: leaf.by, from_bps: leaf.from, to_bps: leaf.upto, window };
    }
    case "sequence":
      return sequenceOf(leaf);
  }
}

function factOf(leaf: FactDraft): Leaf | null {
  const test = testOf(leaf.test);
  const what = behaviourOf(leaf);
  if (test === null || what === null) return null;
  if (leaf.measured === "times") return { rule: "did", what, times: test };
  const asked = OF_PROPERTY.includes(leaf.measured);
  if (asked && leaf.property === null) return null;
  return { rule: "measure", what, aggregate: leaf.measured, test, property: asked ? leaf.property : null };
}

function sequenceOf(leaf: SequenceDraft): Leaf | null {
  const steps: Behaviour[] = [];
  for (const step of leaf.steps) {
    const what = behaviourOf(step);
    if (what === null) return null;
    steps.push(what);
  }
  const gaps = leaf.gaps.map(({ at_least, at_most }) => ({ at_least: at_least ?? 0, at_most }));
  return { rule: "sequence", steps, gaps };
}

export function behaviourOf({ fact, event, where, window }: DoneDraft): Behaviour | null {
  const days = windowOf(window);
  if (days === null || (fact === "event" && event === null)) return null;
  const filters: NonNullable<Behaviour["where"]> = [];
  for (const { property, test } of where) {
    const asked = testOf(test);
    if (asked === null || property === "") return null;
    filters.push({ property, test: asked });
  }
  return { fact, where: filters, window: days, ...(fact === "event" && { event }) };
}

function windowOf(window: DraftWindow): Window | null {
  switch (window.window) {
    case "ever":
    case "since_last_order":
      return window;
    case "before":
      return window.count === null ? null : { window: "before", count: window.count, unit: window.unit };
    case "same_last_year": {
      const of = daysOf(window.of);
      return of && { window: "same_last_year", of };
    }
    default:
      return daysOf(window);
  }
}

type Near = Extract<Tree, { rule: "dated" }>["days"];

function nearOf(days: DraftNear): Near | null {
  if (days.window === "this_month") return days;
  if (days.window !== "next") return daysOf(days);
  return days.count === null ? null : { window: "next", count: days.count, unit: days.unit };
}

function daysOf(days: DraftDays): Extract<Window, { window: "last" | "days" }> | null {
  if (days.window === "last")
    return days.count === null ? null : { window: "last", count: days.count, unit: days.unit };
  return days.first && days.last ? { window: "days", first: days.first, last: days.last } : null;
}

function testOf({ test, values, value, high }: DraftTest): Test | null {
  switch (test) {
    case "is":
    case "is_not":
      return values.length > 0 ? { test, values } : null;
    case "at_least":
    case "at_most":
      return value === null ? null : { test, value };
    case "between":
      return value === null || high === null ? null : { test, low: value, high };
    case "missing":
    case "present":
      return { test };
  }
}
