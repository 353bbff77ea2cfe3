import type { FieldProblem } from "@shuke/api-client";
import type { Tree } from "../../../../api/segments";
import type { Written } from "./writing";

/**
 * What the server says about the tree, by the condition that it is about. Its paths go through the tree's
 * JSON; the names of variants within them lead nowhere and are passed over.
 */
export function problemsById(
  problems: readonly FieldProblem[],
  { tree, idOf }: Written,
): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, message } of problems) {
    const id = tree && path.startsWith("tree") ? idAt(path.split(".").slice(1), tree, idOf) : undefined;
    if (id) found.set(id, [...(found.get(id) ?? []), message]);
  }
  return found;
}

function idAt(steps: readonly string[], tree: Tree, idOf: ReadonlyMap<object, string>): string | undefined {
  let here: unknown = tree;
  let id = idOf.get(tree);
  for (const step of steps) {
    if (typeof here !== "object" || here === null || !(step in here)) continue;
    here = (here as Record<string, unknown>)[step];
    if (typeof here === "object" && here !== null) id = idOf.get(here) ?? id;
  }
  return id;
}
