import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import type { Product } from "../../api/types";
import type { Till } from "./useTill";

interface Keys {
  /** Index of the suggestion chosen with the arrows; -1: none. */
  picked: number;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** The keyboard of the till. Everything is reachable without leaving the one input. */
export function useTillKeys(till: Till, suggestions: Product[], toggleHelp: () => void): Keys {
  const [pick, setPick] = useState({ for: till.text, index: -1 });
  const picked = pick.for === till.text ? Math.min(pick.index, suggestions.length - 1) : -1;
  const setPicked = (index: number) => setPick({ for: till.text, index });

  const arrow = (by: 1 | -1) => {
    if (suggestions.length > 0) setPicked(Math.max(-1, Math.min(suggestions.length - 1, picked + by)));
    else till.choose(till.basket.chosen + by);
  };

  const always: Record<string, () => void> = {
    Enter: () => till.submit(suggestions[picked]),
    ArrowDown: () => arrow(1),
    ArrowUp: () => arrow(-1),
    F2: () => till.goTo("member"),
    F4: till.togglePoints,
    F6: till.toggleStored,
    F8: till.nextTender,
    F9: () => till.goTo("pay"),
    Escape: () => {
      if (till.text) till.type("");
      else if (till.lost.length > 0) till.forget();
      else till.goTo("items");
    },
  };
  const onEmptyBox: Record<string, () => void> = {
    "+": () => till.step(till.basket.chosen, 1),
    "-": () => till.step(till.basket.chosen, -1),
    Delete: () => till.remove(till.basket.chosen),
    "?": toggleHelp,
    "？": toggleHelp,
  };

  return {
    picked,
    onKeyDown: (event) => {
      // An input method is still composing: Enter picks its candidate, not ours.
      if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const editing = till.basket.step === "items" && till.text === "";
      const act = always[event.key] ?? (editing || event.key === "?" ? onEmptyBox[event.key] : undefined);
      if (!act || (event.key === "?" && till.text !== "")) return;
      event.preventDefault();
      act();
    },
  };
}

/** Typing anywhere types into the input, so a scan is never lost to a button that had the focus. */
export function useFocusKeeper(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const keep = (event: globalThis.KeyboardEvent) => {
      const at = document.activeElement;
      if (at === input.current || at?.closest("input,textarea,.ant-select,.ant-modal")) return;
      const onButton = at?.closest("button,a") && (event.key === "Enter" || event.key === " ");
      if (!onButton && event.key !== "Tab" && event.key !== "Shift") input.current?.focus();
    };
    document.addEventListener("keydown", keep, { capture: true });
    return () => document.removeEventListener("keydown", keep, { capture: true });
  }, [input]);
}
