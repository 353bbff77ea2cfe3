import { useStores } from "../api/stores";
import { useCan, useSession } from "../app/session";

/** The store, where there is only one: then there is nothing to choose. */
export function useOnlyStore(): string | undefined {
  const { stores } = useSession();
  const can = useCan();
  const few = useStores({ limit: 2 }, stores === null && can("stores.read"));
  const known = stores ?? few.data?.items ?? [];
  return known.length === 1 ? known[0]?.id : undefined;
}
