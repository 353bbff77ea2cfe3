export type Snapshot = Record<string, unknown> | null | undefined;

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields that differ, sorted as they stand; all of them when one side is missing. */
export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
