import type { Behaviour, Leaf, Test, Tree } from "../../api/segments";
import type { RfmGrid } from "../../api/traits";

export type Score = "recency" | "frequency" | "monetary";

const YEAR = 365;

const orders: Behaviour = {
  fact: "order",
  where: [],
  window: { window: "last", count: YEAR, unit: "days" },
};

/** The members of a square as a rule that goes on being asked: by that night's thresholds, from today on. */
export function squareTree(grid: RfmGrid, recency: number, down: Score, other: number): Tree {
  return { rule: "all", of: [scoreRule(grid, "recency", recency), scoreRule(grid, down, other)] };
}

function scoreRule(grid: RfmGrid, measure: Score, score: number): Leaf {
  const above = (wanted: number) =>
    grid.thresholds.find((each) => each.measure === measure && each.score === wanted)?.above;
  const [low, high] = [above(score), above(score + 1)];
  if (measure === "recency") {
    // Thresholds are days before, negative: above -7 is within six days.
    const most = low === undefined ? YEAR - 1 : -low - 1;
    const test = between(high === undefined ? 0 : -high, most);
    return { rule: "measure", what: orders, aggregate: "last", test, property: null };
  }
  const test = between(low === undefined ? undefined : low + 1, high);
  return measure === "frequency"
    ? { rule: "measure", what: orders, aggregate: "distinct_days", test, property: null }
    : { rule: "measure", what: orders, aggregate: "sum", test, property: "net_minor" };
}

function between(low: number | undefined, high: number | undefined): Test {
  if (low === undefined) return high === undefined ? { test: "present" } : { test: "at_most", value: high };
  return high === undefined ? { test: "at_least", value: low } : { test: "between", low, high };
}
