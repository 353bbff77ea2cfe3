import type { components, paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type Ladder = Schemas["LadderView"];
export type LadderStep = Ladder["steps"][number];
export type LadderBody = Schemas["LadderBody"];
export type StoredPolicy = Schemas["PolicyView"];
export type TopUp = Schemas["TopUpView"];
export type TopUpDetail = Schemas["TopUpDetail"];
export type TopUpRefundPlan = TopUpDetail["refund_now"];
export type TopUpRefundBody = Schemas["TopUpRefundBody"];
export type MoneyKind = TopUpRefundBody["kind"];

export type TopUpQuery = NonNullable<paths["/v1/top-ups"]["get"]["parameters"]["query"]>;
export type LadderQuery = NonNullable<paths["/v1/top-up-ladders"]["get"]["parameters"]["query"]>;

export const MONEY_KINDS = ["cash", "card", "wechat", "alipay", "other"] as const satisfies MoneyKind[];

export const useTopUps = (query: TopUpQuery) =>
  useQuery({
    queryKey: ["top-ups", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/top-ups", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** With its refunds, and what refunding the rest would come to now. */
export const useTopUp = (id: string) =>
  useQuery({
    queryKey: ["top-ups", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/top-ups/{top_up_id}", { params: { path: { top_up_id: id } }, signal })),
    staleTime: 0,
  });

export function useRefundTopUp(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, body }: { key: string; body: TopUpRefundBody }) =>
      unwrap(
        api.POST("/v1/top-ups/{top_up_id}/refunds", {
          params: { path: { top_up_id: id } },
          headers: { "Idempotency-Key": key },
          body,
        }),
      ),
    onSettled: () => {
      for (const key of ["top-ups", "members", "clearing"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
}

export const useLadders = (query: LadderQuery) =>
  useQuery({
    queryKey: ["top-up-ladders", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/top-up-ladders", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export function useAddLadder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: LadderBody) => unwrap(api.POST("/v1/top-up-ladders", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["top-up-ladders"] }),
  });
}

export function useRetireLadder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ladder_id: string) =>
      unwrap(api.POST("/v1/top-up-ladders/{ladder_id}/retire", { params: { path: { ladder_id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["top-up-ladders"] }),
  });
}

export const useStoredPolicy = () =>
  useQuery({
    queryKey: ["stored-value-policy"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/stored-value/policy", { signal })),
  });

export function usePutStoredPolicy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: StoredPolicy) => unwrap(api.PUT("/v1/stored-value/policy", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["stored-value-policy"] }),
  });
}
