import type { FormInstance } from "antd";
import { useEffect } from "react";
import { Problem } from "../../../api/client";
import type { ProgrammePreview } from "../../../api/types";
import type { Formats } from "../../../parts/useFormat";

/** What is wrong with a field of the document, in the language of the page. */
export interface Wrong {
  path: string;
  message: string;
}

type Path = (string | number)[];

export const wrongOf = (problems: ProgrammePreview["problems"], format: Formats): Wrong[] =>
  problems.map(({ path, message }) => ({ path, message: format.text(message) }));

export const wrongIn = (error: unknown): Wrong[] => (error instanceof Problem ? [...error.fields] : []);

export const partsOf = (path: string): Path =>
  path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/**
 * The input that a remark belongs to, among those in sight. The name of a variant within the path does not count
 * (`effect.rate.amount` is about `effect.amount`); a remark about a group belongs to its first input. Items of lists
 * do not answer for each other.
 */
export function placeOf(path: string, inputs: readonly Path[]): Path | undefined {
  const parts = partsOf(path);
  const least = typeof parts[1] === "number" ? 3 : 2;
  const without = parts.map((_, at) => parts.filter((_, other) => other !== at || at === 0));
  for (const wanted of [parts, ...without]) {
    const whole = wanted.join(".");
    const found =
      inputs.find((input) => input.join(".") === whole) ??
      inputs.find((input) => wanted.length >= least && input.join(".").startsWith(`${whole}.`));
    if (found) return found;
  }
  for (let length = parts.length - 1; length >= least; length -= 1) {
    const start = parts.slice(0, length).join(".");
    const found = inputs.find((input) => input.join(".") === start);
    if (found) return found;
  }
  return undefined;
}

/** Fields that depend on another's value come a moment after the rest. */
const SETTLED_MS = 60;

/** Puts remarks next to those inputs that are in sight, and scrolls to the one that was asked for. */
export function useShownWrongs(form: FormInstance, wrongs: readonly Wrong[], focus: string | null): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const inputs = form.getFieldsError().map(({ name }) => name as Path);
      const told = toldBy(wrongs, inputs);
      const settled = inputs.filter(
        (name) => form.getFieldError(name).length > 0 && !told.has(name.join(".")),
      );
      form.setFields([...settled.map((name) => ({ name, errors: [] })), ...told.values()]);
      const wanted = focus === null ? undefined : placeOf(focus, inputs);
      if (wanted) form.scrollToField(wanted, { block: "center", focus: true });
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [form, wrongs, focus]);
}

/** What each input is told, by its name. */
function toldBy(wrongs: readonly Wrong[], inputs: readonly Path[]) {
  const told = new Map<string, { name: Path; errors: string[] }>();
  for (const { path, message } of wrongs) {
    const name = placeOf(path, inputs);
    if (!name) continue;
    const key = name.join(".");
    told.set(key, { name, errors: [...(told.get(key)?.errors ?? []), message] });
  }
  return told;
}
