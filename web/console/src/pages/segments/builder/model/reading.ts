import type { Behaviour, Test, Tree, Window } from "../../../../api/segments";
import type {
  DoneDraft,
  DraftDays,
  DraftNear,
  DraftTest,
  DraftWindow,
  GroupDraft,
  LeafDraft,
  RuleDraft,
} from "./draft";
import { NO_GAP } from "./draft";

/** A tree as groups of conditions; a tree that is one condition becomes a group of it. */
export function draftOf(tree: Tree): GroupDraft {
  const read = partOf(tree);
  return "rules" in read ? read : group("and", [read]);
}

const newId = (): string => crypto.getRandomValues(new Uint32Array(2)).join("-");

export const group = (
  combinator: GroupDraft["combinator"],
  rules: GroupDraft["rules"],
  not = false,
): GroupDraft => ({ id: newId(), combinator, not, rules });

export const rule = (value: LeafDraft): RuleDraft => ({ id: newId(), value });

function partOf(tree: Tree): RuleDraft | GroupDraft {
  switch (tree.rule) {
    case "all":
      return group("and", tree.of.map(partOf));
    case "any":
      return group("or", tree.of.map(partOf));
    case "not": {
      const inner = partOf(tree.of);
      return "rules" in inner && !inner.not ? { ...inner, not: true } : group("and", [inner], true);
    }
    default:
      return rule(leafOf(tree));
  }
}

function leafOf(tree: Exclude<Tree, { rule: "all" | "any" | "not" }>): LeafDraft {
  switch (tree.rule) {
    case "attribute":
    case "registered":
    case "trait":
      return { leaf: tree.rule, name: tree.name, test: testOf(tree.test) };
    case "joined":
      return { leaf: "joined", window: windowOf(tree.window) };
    case "dated":
      return {
        leaf: "dated",
        day: tree.day,
        name: tree.name ?? null,
        days: nearOf(tree.days),
        yearly: tree.yearly ?? false,
      };
    case "in":
      return { leaf: "in", id: tree.segment_id };
    case "tagged":
      return { leaf: "tagged", id: tree.tag_id };
    case "consented":
      return { leaf: "consented", purpose: tree.purpose, channel: tree.channel };
    case "did":
      return {
        leaf: "fact",
        ...done(tree.what),
        measured: "times",
        property: null,
        test: testOf(tree.times),
      };
    case "measure":
      return {
        leaf: "fact",
        ...done(tree.what),
        measured: tree.aggregate,
        property: tree.property ?? null,
        test: testOf(tree.test),
      };
    case "percentile":
      return {
        leaf: "percentile",
        by: tree.by,
        from: tree.from_bps,
        upto: tree.to_bps,
        window: windowOf(tree.window),
      };
    case "sequence":
      return {
        leaf: "sequence",
        steps: tree.steps.map(done),
        gaps: tree.steps.slice(1).map((_, at) => {
          const gap = tree.gaps?.[at];
          return gap ? { at_least: gap.at_least ?? null, at_most: gap.at_most ?? null } : NO_GAP;
        }),
      };
  }
}

export const done = (what: Behaviour): DoneDraft => ({
  fact: what.fact,
  event: what.event ? { type: what.event.type ?? "track", name: what.event.name ?? null } : null,
  where: (what.where ?? []).map(({ property, test }) => ({ property, test: testOf(test) })),
  window: windowOf(what.window),
});

function windowOf(window: Window | undefined): DraftWindow {
  switch (window?.window) {
    case "last":
    case "days":
      return daysOf(window);
    case "before":
      return { window: "before", count: window.count, unit: window.unit ?? "days" };
    case "same_last_year":
      return { window: "same_last_year", of: daysOf(window.of) };
    case "since_last_order":
      return { window: "since_last_order" };
    default:
      return { window: "ever" };
  }
}

type Near = Extract<Tree, { rule: "dated" }>["days"];

function nearOf(days: Near): DraftNear {
  if (days.window === "this_month") return { window: "this_month" };
  return days.window === "next"
    ? { window: "next", count: days.count, unit: days.unit ?? "days" }
    : daysOf(days);
}

const daysOf = (days: Extract<Window, { window: "last" | "days" }>): DraftDays =>
  days.window === "last"
    ? { window: "last", count: days.count, unit: days.unit ?? "days" }
    : { window: "days", first: days.first, last: days.last };

function testOf(test: Test): DraftTest {
  return {
    test: test.test,
    values: "values" in test ? test.values : [],
    value: "value" in test ? test.value : "low" in test ? test.low : null,
    high: "high" in test ? test.high : null,
  };
}
