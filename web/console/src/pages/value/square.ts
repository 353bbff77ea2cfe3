import type { Tree } from "../../api/segments";

export type Score = "recency" | "frequency" | "monetary";

/** The members of a square of the grid, by their scores of last night. */
export const squareTree = (recency: number, down: Score, other: number): Tree => ({
  rule: "all",
  of: [
    { rule: "trait", name: "recency", test: { test: "is", values: [recency] } },
    { rule: "trait", name: down, test: { test: "is", values: [other] } },
  ],
});
