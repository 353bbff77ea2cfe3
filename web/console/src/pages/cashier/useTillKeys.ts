import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import type { Product } from "../../api/types";
import type { Till } from "./useTill";

interface Keys {
  /** Index of the suggestion chosen with the arrows; -1: none. */
  picked: number;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

type Acts = Record<string, () => void>;

/** The keyboard of the till. Everything is reachable without leaving the one input. */
export function useTillKeys(till: Till, suggestions: Product[], toggleHelp: () => void): Keys {
  const [pick, setPick] = useState({ for: till.text, index: -1 });
  const picked = pick.for === till.text ? Math.min(pick.index, suggestions.length - 1) : -1;
  const setPicked = (index: number) => setPick({ for: till.text, index });
  const { step } = till.basket;

  const arrow = (by: 1 | -1) => {
    if (step === "offers") till.offers.pick(within(till.offers.rows, till.offers.picked + by));
    else if (step === "held") till.held.pick(within(till.held.rows, till.held.picked + by));
    else if (suggestions.length > 0) {
      setPicked(Math.max(-1, Math.min(suggestions.length - 1, picked + by)));
    } else till.lines.choose(till.basket.chosen + by);
  };

  const always: Acts = {
    Enter: () => till.submit(suggestions[picked]),
    ArrowDown: () => arrow(1),
    ArrowUp: () => arrow(-1),
    F2: () => till.goTo("member"),
    F3: () => (step === "offers" ? till.offers.best() : till.goTo("offers")),
    F4: till.togglePoints,
    F6: till.toggleStored,
    F7: () => till.cards.open(),
    F8: till.money.next,
    F9: () => till.goTo("pay"),
    F10: till.held.open,
    Escape: till.back,
  };

  return {
    picked,
    onKeyDown: (event) => {
      // An input method is still composing: Enter picks its candidate, not ours.
      if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const onEmpty = till.text === "" ? onEmptyBox(till)[event.key] : undefined;
      const help = till.text === "" && (event.key === "?" || event.key === "？") ? toggleHelp : undefined;
      const act = always[event.key] ?? onEmpty ?? help;
      if (!act) return;
      event.preventDefault();
      act();
    },
  };
}

/** What keys do while nothing is typed, step by step. */
function onEmptyBox(till: Till): Acts {
  const { step, chosen, held } = till.basket;
  if (step === "items") {
    return {
      "+": () => till.lines.step(chosen, 1),
      "-": () => till.lines.step(chosen, -1),
      Delete: () => till.lines.remove(chosen),
    };
  }
  if (step === "offers") return { Delete: till.offers.none };
  if (till.code.waiting) return { Delete: till.code.cancel };
  if (step !== "pay" || till.locked) return {};
  const byHand: Acts = till.money.shows ? { "+": till.money.record } : {};
  if (till.basket.taken.length > 0) return { ...byHand, Delete: till.money.untake };
  return held ? { ...byHand, Delete: till.held.cancel } : byHand;
}

const within = (rows: unknown[], index: number) => Math.max(0, Math.min(rows.length - 1, index));

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
