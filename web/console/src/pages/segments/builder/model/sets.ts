import type { SetOp, Tree } from "../../../../api/segments";

export interface Sets {
  op: SetOp;
  of: string[];
}

export const NO_SETS: Sets = { op: "intersect", of: [] };

/** The rule that a segment made of others is; null while there are too few of them. */
export function treeOfSets({ op, of }: Sets): Tree | null {
  if (of.length < 2) return null;
  const each: Tree[] = of.map((segment_id) => ({ rule: "in", segment_id }));
  if (op === "union") return { rule: "any", of: each };
  if (op === "intersect") return { rule: "all", of: each };
  const [first, ...others] = each as [Tree, ...Tree[]];
  return { rule: "all", of: [first, ...others.map((other): Tree => ({ rule: "not", of: other }))] };
}
