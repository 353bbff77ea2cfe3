import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

export type Filters<Names extends string> = Partial<Record<Names, string>>;

/**
 * Filters that live in the address, so that a view can be kept, sent and gone back to.
 * Only the names given are read or cleared.
 */
export function useFilters<Names extends string>(names: readonly Names[]) {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => {
    const read: Filters<Names> = {};
    for (const name of names) {
      const value = params.get(name);
      if (value) read[name] = value;
    }
    return read;
  }, [params, names]);

  const setFilters = useCallback(
    (changes: Filters<Names>) => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, String(value));
            else next.delete(name);
          }
          return next;
        },
        { replace: true },
      );
    },
    [setParams],
  );

  const clear = useCallback(
    () => setFilters(Object.fromEntries(names.map((name) => [name, ""])) as Filters<Names>),
    [names, setFilters],
  );

  return { filters, setFilters, clear, any: Object.keys(filters).length > 0 };
}
