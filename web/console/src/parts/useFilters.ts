import { useCallback, useMemo } from "react";
import { useLocation, useSearchParams } from "react-router";
import { router } from "../app/router";

export type Filters<Names extends string> = Partial<Record<Names, string>>;

/** Whether the page there is being left, or was: then the address is another page's. */
const isLeft = (pathname: string): boolean =>
  window.location.pathname !== pathname ||
  (router.state.navigation.location ?? { pathname }).pathname !== pathname;

/**
 * Filters that live in the address, so that a view can be kept, sent and gone back to.
 * Only the names given are read or cleared.
 */
export function useFilters<Names extends string>(names: readonly Names[]) {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
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
      if (isLeft(pathname)) return;
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
    [setParams, pathname],
  );

  const clear = useCallback(
    () => setFilters(Object.fromEntries(names.map((name) => [name, ""])) as Filters<Names>),
    [names, setFilters],
  );

  return { filters, setFilters, clear, any: Object.keys(filters).length > 0 };
}
