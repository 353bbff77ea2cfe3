import type { FieldProblem } from "@shuke/api-client";
import type { FormInstance } from "antd";
import { Problem } from "../api/client";

/** Puts what the server says about a field next to its input. */
export function showFieldProblems(form: FormInstance, error: unknown): void {
  const placed = placedIn(form, error);
  form.setFields(placed.map(({ path, message }) => ({ name: pathOf(path, form), errors: [message] })));
  const first = placed[0];
  if (first) form.scrollToField(pathOf(first.path, form), { block: "center", focus: true });
}

/** Whether every remark of a refusal stands next to an input, so that nothing is left to say. */
export function allPlaced(form: FormInstance, error: unknown): boolean {
  const placed = placedIn(form, error);
  return error instanceof Problem && placed.length > 0 && placed.length === error.fields.length;
}

function placedIn(form: FormInstance, error: unknown): FieldProblem[] {
  if (!(error instanceof Problem)) return [];
  const known = new Set(fieldNames(form));
  return error.fields.filter(({ path }) => known.has(path.split(".")[0] ?? ""));
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
