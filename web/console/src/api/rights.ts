import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { AttachBenefit, OpenPlan, PlanPayment } from "./types";

const of = (member_id: string) => ({ path: { member_id } });
const at = (subscription_id: string) => ({ path: { subscription_id } });

export const useBenefitsOf = (memberId: string) =>
  useQuery({
    queryKey: ["members", memberId, "benefits"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/benefits", { params: of(memberId), signal })),
  });

export const useSubscriptions = (memberId: string) =>
  useQuery({
    queryKey: ["members", memberId, "subscriptions"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/subscriptions", { params: of(memberId), signal })),
  });

export const useSavings = (memberId: string) =>
  useQuery({
    queryKey: ["members", memberId, "savings"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/savings", { params: of(memberId), signal })),
  });

/** A plan opened or ended, a benefit used: whatever shows the member asks again. */
function useMemberMoved() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ["members"] });
}

export const useUseBenefit = (memberId: string) =>
  useMutation({
    mutationFn: ({ code, note }: { code: string; note: string | null }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/benefits/{code}/uses", {
          params: { path: { member_id: memberId, code } },
          body: { note },
        }),
      ),
    onSuccess: useMemberMoved(),
  });

export const useAttachBenefit = (memberId: string) =>
  useMutation({
    mutationFn: ({ code, body }: { code: string; body: AttachBenefit }) =>
      unwrap(
        api.PUT("/v1/members/{member_id}/benefits/{code}", {
          params: { path: { member_id: memberId, code } },
          body,
        }),
      ),
    onSuccess: useMemberMoved(),
  });

export const useDetachBenefit = (memberId: string) =>
  useMutation({
    mutationFn: (code: string) =>
      unwrap(
        api.DELETE("/v1/members/{member_id}/benefits/{code}", {
          params: { path: { member_id: memberId, code } },
        }),
      ),
    onSuccess: useMemberMoved(),
  });

export const useOpenPlan = (memberId: string) =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: OpenPlan }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/subscriptions", {
          params: of(memberId),
          body,
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useMemberMoved(),
  });

export const useRenew = (id: string) =>
  useMutation({
    mutationFn: ({ key, payment }: { key: string; payment: PlanPayment | null }) =>
      unwrap(
        api.POST("/v1/subscriptions/{subscription_id}/renew", {
          params: at(id),
          body: { payment },
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useMemberMoved(),
  });

export const useUpgradePreview = (id: string, plan: string | null) =>
  useQuery({
    queryKey: ["subscriptions", id, "upgrade", plan],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/v1/subscriptions/{subscription_id}/upgrade/preview", {
          params: at(id),
          body: { plan: plan ?? "" },
          signal,
        }),
      ),
    enabled: plan !== null,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });

export const useUpgrade = (id: string) =>
  useMutation({
    mutationFn: ({ key, plan, payment }: { key: string; plan: string; payment: PlanPayment | null }) =>
      unwrap(
        api.POST("/v1/subscriptions/{subscription_id}/upgrade", {
          params: at(id),
          body: { plan, payment },
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useMemberMoved(),
  });

export const useCancelPreview = (id: string) =>
  useQuery({
    queryKey: ["subscriptions", id, "cancel"],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/v1/subscriptions/{subscription_id}/cancel/preview", { params: at(id), signal })),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });

export const useCancelPlan = (id: string) =>
  useMutation({
    mutationFn: ({ key, payment }: { key: string; payment: PlanPayment | null }) =>
      unwrap(
        api.POST("/v1/subscriptions/{subscription_id}/cancel", {
          params: at(id),
          body: { payment },
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useMemberMoved(),
  });

export const useAutoRenew = (id: string) =>
  useMutation({
    mutationFn: (auto_renew: boolean) =>
      unwrap(
        api.PUT("/v1/subscriptions/{subscription_id}/auto-renew", { params: at(id), body: { auto_renew } }),
      ),
    onSuccess: useMemberMoved(),
  });
