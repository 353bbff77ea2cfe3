import { useState } from "react";

/** A choice of this person on this device, e.g. which columns a list shows. */
export function useStored<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `shuke.${name}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const stored = localStorage.getItem(key);
      return stored === null ? initial : (JSON.parse(stored) as T);
    } catch {
      return initial;
    }
  });
  return [
    value,
    (next: T) => {
      localStorage.setItem(key, JSON.stringify(next));
      setValue(next);
    },
  ];
}
