import type { UseQueryResult } from "@tanstack/react-query";

interface Page<T> {
  items: T[];
}

/** What a `DataList` needs to know of a query. */
export function listOf<T>(query: UseQueryResult<Page<T>>) {
  return {
    rows: query.data?.items,
    loading: query.isPending,
    stale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
