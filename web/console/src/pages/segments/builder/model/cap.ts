import type { Segment } from "../../../../api/segments";
import { type FactDraft, newFact, OF_PROPERTY } from "./draft";
import { done } from "./reading";
import { behaviourOf } from "./writing";

export type Cap = NonNullable<Segment["cap"]>;

/** What members are ranked by: a number of theirs, or one made of what they did. */
export type RankDraft = { by: "attribute" | "registered"; name: string } | { by: "measure"; fact: FactDraft };

/** Not all whom a rule holds, but so many. What another kind of limit needs is kept while this one is chosen. */
export interface CapDraft {
  mode: "none" | Cap["cap"];
  count: number | null;
  seed: number;
  lowest: boolean;
  rank: RankDraft;
}

export const newRank = (): RankDraft => ({
  by: "measure",
  fact: { ...newFact("order"), measured: "sum", property: "net_minor" },
});

const newSeed = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 2 ** 31;

export function capDraftOf(cap: Cap | null): CapDraft {
  const nothing: CapDraft = { mode: "none", count: 100, seed: newSeed(), lowest: false, rank: newRank() };
  if (cap === null) return nothing;
  if (cap.cap === "random") return { ...nothing, mode: "random", count: cap.count, seed: cap.seed ?? 0 };
  return { ...nothing, mode: "top", count: cap.count, lowest: cap.lowest ?? false, rank: rankOf(cap.by) };
}

function rankOf(by: Extract<Cap, { cap: "top" }>["by"]): RankDraft {
  if (by.by !== "measure") return { by: by.by, name: by.name };
  return {
    by: "measure",
    fact: {
      ...newFact(by.what.fact),
      ...done(by.what),
      measured: by.aggregate ?? "times",
      property: by.property ?? null,
    },
  };
}

/** Null: no limit. Undefined: it is not filled in yet. */
export function writtenCap({ mode, count, seed, lowest, rank }: CapDraft): Cap | null | undefined {
  if (mode === "none") return null;
  if (count === null) return undefined;
  if (mode === "random") return { cap: "random", count, seed };
  if (rank.by !== "measure") return { cap: "top", count, lowest, by: { by: rank.by, name: rank.name } };
  const { measured, property } = rank.fact;
  const what = behaviourOf(rank.fact);
  const asked = OF_PROPERTY.includes(measured);
  if (what === null || (asked && property === null)) return undefined;
  return {
    cap: "top",
    count,
    lowest,
    by: {
      by: "measure",
      what,
      aggregate: measured === "times" ? null : measured,
      property: asked ? property : null,
    },
  };
}
