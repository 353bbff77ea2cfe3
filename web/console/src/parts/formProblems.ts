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

type Path = (string | number)[];

function placedIn(form: FormInstance, error: unknown): FieldProblem[] {
  if (!(error instanceof Problem)) return [];
  return error.fields.filter(({ path }) => inputOf(path, form) !== undefined);
}

const pathOf = (path: string, form: FormInstance): Path => inputOf(path, form) ?? [path];

/**
 * The input that a remark belongs to. A remark about a part of a field that has one input belongs to that
 * input, one about a whole group to its first; the name of a variant within the path does not count.
 */
export function inputOf(path: string, form: FormInstance): Path | undefined {
  const parts = path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const inputs = form.getFieldsError().map(({ name }) => name as Path);
  for (const wanted of [parts, [...parts.slice(0, 1), ...parts.slice(2)]]) {
    for (let length = wanted.length; length > 0; length -= 1) {
      const start = wanted.slice(0, length).join(".");
      const found = inputs.find((name) => name.join(".") === start);
      if (found) return found;
    }
  }
  return inputs.find((name) => String(name[0]) === String(parts[0]));
}
