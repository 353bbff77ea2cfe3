import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/client";
import { SESSION_KEY } from "../api/session";

/** An answer of 401 to any question means that the session ended: the gate then asks to sign in. */
function noticeSignedOut(error: unknown): void {
  const current = queries.getQueryData(SESSION_KEY);
  if (error instanceof Problem && error.status === 401 && current) queries.setQueryData(SESSION_KEY, null);
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => error instanceof Problem && error.transient && count < 2,
    },
  },
});
