import type { components } from "@shuke/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];
export type TopUpBody = Schemas["TopUpBody"];
export type AdjustBody = Schemas["AdjustBody"];

const of = (member_id: string) => ({ path: { member_id } });

/** Whatever shows what she holds asks again. */
function useWalletMoved() {
  const queries = useQueryClient();
  return () => {
    for (const key of ["members", "top-ups", "points-requests"]) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
  };
}

/** By hand, with a reason; above the limit it waits for a second person. */
export const useAdjustPoints = (memberId: string) =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: AdjustBody }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/points-adjustments", {
          params: of(memberId),
          body,
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useWalletMoved(),
  });

/** What an amount would bring in a store; nothing is written. */
export const useTopUpPreview = (memberId: string, storeId: string | undefined, amountMinor: number | null) =>
  useQuery({
    queryKey: ["members", memberId, "top-up-preview", storeId, amountMinor],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/top-ups/preview", {
          params: of(memberId),
          body: { store_id: storeId as string, amount_minor: amountMinor as number },
          signal,
        }),
      ),
    enabled: storeId !== undefined && amountMinor !== null && amountMinor > 0,
    staleTime: 0,
    retry: false,
  });

export const useTopUpNow = (memberId: string) =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: TopUpBody }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/top-ups", {
          params: of(memberId),
          body,
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useWalletMoved(),
  });

const CARDS = 100;

/** Cards whose balance went into her wallet. */
export const useCardsOf = (member_id: string) =>
  useQuery({
    queryKey: ["cards", { member_id }],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/cards", { params: { query: { member_id, limit: CARDS } }, signal })),
  });
