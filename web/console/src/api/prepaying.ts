/** Top-ups and plans that are paid through a provider: asked for, started, followed. */
import type { components } from "@shuke/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { Payment } from "./payments";
import { checkPayment, closePayment, startPayment } from "./till";

type Schemas = components["schemas"];
export type TopUpPayment = Schemas["TopUpPaymentBody"];
export type PlanPaymentAsked = Schemas["PlanPaymentBody"];
export type RenewalPayment = Schemas["PrepaidBody"];
export type UpgradePayment = Schemas["UpgradePaymentBody"];

const PAUSE_MS = 2_500;
const headers = (key: string) => ({ "Idempotency-Key": key });

export const isLive = ({ status }: Payment) => status === "created" || status === "pending";

export const askTopUp = (member_id: string, body: TopUpPayment, key: string) =>
  unwrap(
    api.POST("/v1/members/{member_id}/top-up-payments", {
      params: { path: { member_id } },
      body,
      headers: headers(key),
    }),
  );

export const askPlan = (member_id: string, body: PlanPaymentAsked, key: string) =>
  unwrap(
    api.POST("/v1/members/{member_id}/subscription-payments", {
      params: { path: { member_id } },
      body,
      headers: headers(key),
    }),
  );

export const askRenewal = (subscription_id: string, body: RenewalPayment, key: string) =>
  unwrap(
    api.POST("/v1/subscriptions/{subscription_id}/renewal-payments", {
      params: { path: { subscription_id } },
      body,
      headers: headers(key),
    }),
  );

export const askUpgrade = (subscription_id: string, body: UpgradePayment, key: string) =>
  unwrap(
    api.POST("/v1/subscriptions/{subscription_id}/upgrade-payments", {
      params: { path: { subscription_id } },
      body,
      headers: headers(key),
    }),
  );

/** Asks for the money behind a code that was scanned, or (null) for a code to show. */
export const useStartPayment = (id: string) =>
  useMutation({ mutationFn: (code: string | null) => startPayment(id, code) });

/** How it stands at the provider, again and again until it is over. */
export const useStanding = (id: string, started: boolean) =>
  useQuery({
    queryKey: ["payments", id, "standing"],
    queryFn: () => checkPayment(id),
    enabled: started,
    refetchInterval: ({ state: { data } }) => (data && !isLive(data) ? false : PAUSE_MS),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const useStopPayment = (id: string) => useMutation({ mutationFn: () => closePayment(id) });

/** Whatever shows what was paid for asks again. */
export function usePrepaidMoved() {
  const queries = useQueryClient();
  return () => {
    for (const key of ["members", "top-ups"]) void queries.invalidateQueries({ queryKey: [key] });
  };
}
