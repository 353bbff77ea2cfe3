import type { FormInstance } from "antd";
import { Problem } from "../api/client";

/**
 * Puts what the server says about a field next to its input. Returns whether every remark found a
 * place; if not, show the problem above the form too.
 */
export function showFieldProblems(form: FormInstance, error: unknown): boolean {
  if (!(error instanceof Problem) || error.fields.length === 0) return false;
  const known = new Set(Object.keys(form.getFieldsValue(true)).concat(fieldNames(form)));
  const placed = error.fields.filter(({ path }) => known.has(path.split(".")[0] ?? ""));
  form.setFields(placed.map(({ path, message }) => ({ name: pathOf(path, form), errors: [message] })));
  const first = placed[0];
  if (first) form.scrollToField(pathOf(first.path, form), { block: "center", focus: true });
  return placed.length === error.fields.length;
}

function fieldNames(form: FormInstance): string[] {
  return form.getFieldsError().map(({ name }) => String(name[0]));
}

/** A remark about a part of a field that has one input belongs to that input. */
function pathOf(path: string, form: FormInstance): (string | number)[] {
  const parts = path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const exact = form.getFieldsError().some(({ name }) => name.join(".") === parts.join("."));
  return exact ? parts : parts.slice(0, 1);
}
