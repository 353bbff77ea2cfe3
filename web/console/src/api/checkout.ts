import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { askQuote } from "./orders";
import type { QuoteRequest } from "./types";

/**
 * The price of a basket that is still being filled. Each basket is its own key: an answer to an
 * older basket is aborted, or ignored when it comes late, and never overwrites a newer one.
 */
export const useQuote = (request: QuoteRequest | null) =>
  useQuery({
    queryKey: ["quote", request],
    queryFn: ({ signal }) => askQuote(request as QuoteRequest, signal),
    enabled: request !== null,
    placeholderData: request === null ? undefined : keepPreviousData,
    gcTime: 30_000,
    staleTime: 15_000,
    retry: 2,
  });
