import type { components, paths } from "@shuke/api-client";
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type CardBatch = Schemas["CardBatchView"];
export type CardBatchBody = Schemas["CardBatchBody"];
export type StoredCard = Schemas["CardView"];
export type CardStatus = StoredCard["status"];
export type CardSaleBody = Schemas["CardSaleBody"];
export type CardMove = Schemas["CardStatementEntry"];
export type CardQuery = NonNullable<paths["/v1/cards"]["get"]["parameters"]["query"]>;

export const CARD_STATUSES = [
  "inactive",
  "active",
  "frozen",
  "bound",
  "void",
] as const satisfies CardStatus[];

const at = (card_id: string) => ({ path: { card_id } });

export const useCardBatches = (query: { limit: number; cursor?: string | undefined }) =>
  useQuery({
    queryKey: ["card-batches", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/card-batches", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useCardBatch = (batch_id: string) =>
  useQuery({
    queryKey: ["card-batches", batch_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/card-batches/{batch_id}", { params: { path: { batch_id } }, signal })),
  });

export const findCards = (query: CardQuery, signal?: AbortSignal) =>
  unwrap(api.GET("/v1/cards", { params: { query }, ...(signal && { signal }) }));

export const useStoredCards = (query: CardQuery) =>
  useQuery({
    queryKey: ["cards", query],
    queryFn: ({ signal }) => findCards(query, signal),
    placeholderData: keepPreviousData,
  });

export const useStoredCard = (id: string) =>
  useQuery({
    queryKey: ["cards", id],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/cards/{card_id}", { params: at(id), signal })),
  });

export const useCardStatement = (id: string) =>
  useInfiniteQuery({
    queryKey: ["cards", id, "statement"],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET("/v1/cards/{card_id}/statement", {
          params: { ...at(id), query: { limit: 50, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Whatever happens to a card changes its batch's figures too. */
function useCardsMoved() {
  const queries = useQueryClient();
  return () => {
    for (const key of ["cards", "card-batches", "members"]) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
  };
}

export const usePrintCards = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: CardBatchBody }) =>
      unwrap(api.POST("/v1/card-batches", { body, headers: { "Idempotency-Key": key } })),
    onSuccess: useCardsMoved(),
  });

export const useVoidCards = () =>
  useMutation({
    mutationFn: (batch_id: string) =>
      unwrap(api.POST("/v1/card-batches/{batch_id}/void", { params: { path: { batch_id } } })),
    onSuccess: useCardsMoved(),
  });

export const useSellCards = () =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: CardSaleBody }) =>
      unwrap(api.POST("/v1/card-sales", { body, headers: { "Idempotency-Key": key } })),
    onSettled: useCardsMoved(),
  });

export const useFreezeCard = (id: string) =>
  useMutation({
    mutationFn: (reason: string) =>
      unwrap(api.POST("/v1/cards/{card_id}/freeze", { params: at(id), body: { reason } })),
    onSuccess: useCardsMoved(),
  });

export const useThawCard = (id: string) =>
  useMutation({
    mutationFn: () => unwrap(api.POST("/v1/cards/{card_id}/thaw", { params: at(id) })),
    onSuccess: useCardsMoved(),
  });

/** Shows number and PIN first; the answer opens the card for the member. */
export const useBindCard = (id: string) =>
  useMutation({
    mutationFn: async ({ number, pin, member_id }: { number: string; pin: string; member_id: string }) => {
      const checked = await unwrap(api.POST("/v1/cards/check", { body: { number, pin } }));
      return unwrap(
        api.POST("/v1/cards/{card_id}/bind", { params: at(id), body: { member_id, pass: checked.pass } }),
      );
    },
    onSuccess: useCardsMoved(),
  });

export const useReplaceCard = (id: string) =>
  useMutation({
    mutationFn: (to_card_id: string) =>
      unwrap(api.POST("/v1/cards/{card_id}/transfer", { params: at(id), body: { to_card_id } })),
    onSuccess: useCardsMoved(),
  });
