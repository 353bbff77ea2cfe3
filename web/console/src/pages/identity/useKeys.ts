import { useEffect, useRef } from "react";

/** Keys that work on the whole page, but not while something is typed, nor under a dialog. */
export function useKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const target = event.target as Element | null;
      if (target?.closest?.("input,textarea,select,[contenteditable],[role=combobox]")) return;
      if (document.querySelector(".ant-modal-wrap:not([style*='display: none'])")) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
