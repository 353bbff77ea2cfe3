import { useSyncExternalStore } from "react";

export type Appearance = "system" | "light" | "dark";

const STORED = "shuke.appearance";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

const tell = () => {
  for (const listener of listeners) listener();
};
system.addEventListener("change", tell);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function chosen(): Appearance {
  const stored = localStorage.getItem(STORED);
  return stored === "light" || stored === "dark" ? stored : "system";
}

const dark = () => (chosen() === "system" ? system.matches : chosen() === "dark");

export function setAppearance(appearance: Appearance): void {
  localStorage.setItem(STORED, appearance);
  tell();
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, chosen);
export const useDark = (): boolean => useSyncExternalStore(subscribe, dark);
