import type { ConsentChannel, ConsentPurpose } from "../../../../api/consent";
import type { Aggregate, Fact, Rfm, Test } from "../../../../api/segments";
import type { Tracked } from "../../../../api/trackedEvents";

/** A tree while it is being written: what is not filled in yet is null or empty. */

export type TestName = Test["test"];

/** Every part is kept while the test is changed, so that changing back brings it back. */
export interface DraftTest {
  test: TestName;
  values: (string | number)[];
  value: number | null;
  high: number | null;
}

export interface DraftFilter {
  property: string;
  test: DraftTest;
}

export type LastUnit = "days" | "weeks" | "months";

/** Days that are the same for everybody, and can be looked at a year earlier. */
export type DraftDays =
  | { window: "last"; count: number | null; unit: LastUnit }
  | { window: "days"; first: string | undefined; last: string | undefined };

export type DraftWindow =
  | DraftDays
  | { window: "ever" }
  | { window: "before"; count: number | null; unit: LastUnit }
  | { window: "same_last_year"; of: DraftDays }
  | { window: "since_last_order" };

/** What is measured of what she did: how often, or a number made of a property. */
export type Measured = "times" | Aggregate;

/** A tracked event by its name, or any of its kind. */
export interface EventDraft {
  type: Tracked;
  name: string | null;
}

/** Things she did; of events which, null until it is chosen. */
export interface DoneDraft {
  fact: Fact;
  event: EventDraft | null;
  where: DraftFilter[];
  window: DraftWindow;
}

export interface FactDraft extends DoneDraft {
  leaf: "fact";
  measured: Measured;
  property: string | null;
  test: DraftTest;
}

export interface AttributeDraft {
  leaf: "attribute" | "trait" | "registered";
  name: string;
  test: DraftTest;
}

export interface JoinedDraft {
  leaf: "joined";
  window: DraftWindow;
}

/** Where a day lies, seen from today. */
export type DraftNear =
  | DraftDays
  | { window: "next"; count: number | null; unit: LastUnit }
  | { window: "this_month" };

/** Her birthday, the day she joined, or a day that was registered as `name`. */
export interface DatedDraft {
  leaf: "dated";
  day: "birthday" | "joined" | "registered";
  name: string | null;
  days: DraftNear;
  yearly: boolean;
}

/** In another segment, or with a tag. */
export interface NamedDraft {
  leaf: "in" | "tagged";
  id: string | null;
}

/** May be addressed for a purpose, through a channel. */
export interface ConsentedDraft {
  leaf: "consented";
  purpose: ConsentPurpose;
  channel: ConsentChannel;
}

export interface PercentileDraft {
  leaf: "percentile";
  by: Rfm;
  /** Hundredths of a percent from below: the best fifth is 8000 to 10000. */
  from: number;
  upto: number;
  window: DraftWindow;
}

/** Days between two steps; null is without end. */
export interface GapDraft {
  at_least: number | null;
  at_most: number | null;
}

export interface SequenceDraft {
  leaf: "sequence";
  steps: DoneDraft[];
  gaps: GapDraft[];
}

/** A condition of which nobody has said yet what it is about. */
export interface BlankDraft {
  leaf: "blank";
}

export type LeafDraft =
  | BlankDraft
  | AttributeDraft
  | FactDraft
  | JoinedDraft
  | DatedDraft
  | NamedDraft
  | ConsentedDraft
  | PercentileDraft
  | SequenceDraft;

export interface RuleDraft {
  id: string;
  value: LeafDraft;
}

export interface GroupDraft {
  id: string;
  combinator: "and" | "or";
  not: boolean;
  rules: (RuleDraft | GroupDraft)[];
}

export const isGroup = (each: RuleDraft | GroupDraft): each is GroupDraft => "rules" in each;

export const draftTest = (test: TestName, value: number | null = null): DraftTest => ({
  test,
  values: [],
  value,
  high: null,
});

export const BLANK: BlankDraft = { leaf: "blank" };

/** Properties that are added up have one; how often and how long ago have none. */
export const OF_PROPERTY: readonly Measured[] = ["sum", "average", "distinct"];

/** A measure and the property that it is made of, as one text; names of properties may hold anything. */
export const measureKey = (measured: Measured, property: string | null) => `${measured}:${property ?? ""}`;

export function measureOf(key: string): Pick<FactDraft, "measured" | "property"> {
  const end = key.indexOf(":");
  return { measured: key.slice(0, end) as Measured, property: key.slice(end + 1) || null };
}

export const lastDays = (count: number): DraftDays => ({ window: "last", count, unit: "days" });

export const newDated = (day: DatedDraft["day"], name: string | null): DatedDraft => ({
  leaf: "dated",
  day,
  name,
  days: { window: "next", count: 7, unit: "days" },
  yearly: day !== "registered",
});

export const newFact = (fact: Fact): FactDraft => ({
  leaf: "fact",
  fact,
  event: null,
  measured: "times",
  property: null,
  where: [],
  window: lastDays(30),
  test: draftTest("at_least", 1),
});

export const newStep = (): DoneDraft => ({
  fact: "order",
  event: null,
  where: [],
  window: { window: "ever" },
});

export const NO_GAP: GapDraft = { at_least: null, at_most: null };
