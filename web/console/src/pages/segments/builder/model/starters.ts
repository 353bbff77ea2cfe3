import type { Behaviour, Tree } from "../../../../api/segments";

export const STARTERS = ["asleep", "birthday", "best", "fresh"] as const;

export type Starter = (typeof STARTERS)[number];

const orders = (count: number, unit: "days" | "months"): Behaviour => ({
  fact: "order",
  where: [],
  window: { window: "last", count, unit },
});

/** Rules that many shops want, to begin with. */
export function starterTree(starter: Starter, month: number): Tree {
  switch (starter) {
    case "asleep":
      return {
        rule: "all",
        of: [
          {
            rule: "did",
            what: { fact: "order", where: [], window: { window: "ever" } },
            times: { test: "at_least", value: 3 },
          },
          { rule: "did", what: orders(90, "days"), times: { test: "at_most", value: 0 } },
        ],
      };
    case "birthday":
      return {
        rule: "all",
        of: [{ rule: "attribute", name: "birth_month", test: { test: "is", values: [month] } }],
      };
    case "best":
      return {
        rule: "all",
        of: [
          {
            rule: "measure",
            what: orders(12, "months"),
            aggregate: "sum",
            property: "net_minor",
            test: { test: "at_least", value: 100_000 },
          },
        ],
      };
    case "fresh":
      return {
        rule: "all",
        of: [
          {
            rule: "measure",
            what: { fact: "order", where: [], window: { window: "ever" } },
            aggregate: "first",
            property: null,
            test: { test: "at_most", value: 29 },
          },
        ],
      };
  }
}
