import type { components, paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type Payment = Schemas["PaymentView"];
export type PaymentRefund = Payment["refunds"][number];
export type PaymentStatus = Payment["status"];
export type Attention = NonNullable<Payment["attention"]>;
export type PaymentAccount = Schemas["PaymentAccountView"];
export type WeChatAccountBody = Schemas["WeChatAccountBody"];
export type AlipayAccountBody = Schemas["AlipayAccountBody"];
export type Online = "wechat" | "alipay";
export type PaymentQuery = NonNullable<paths["/v1/payments"]["get"]["parameters"]["query"]>;

const at = (payment_id: string) => ({ path: { payment_id } });

export const usePayments = (query: PaymentQuery) =>
  useQuery({
    queryKey: ["payments", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/payments", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const usePayment = (id: string) =>
  useQuery({
    queryKey: ["payments", id],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/payments/{payment_id}", { params: at(id), signal })),
    staleTime: 0,
  });

function usePaymentsMoved() {
  const queries = useQueryClient();
  return () => {
    for (const key of ["payments", "orders"]) void queries.invalidateQueries({ queryKey: [key] });
  };
}

/** Asks the provider how it stands. */
export const useCheckPayment = (id: string) =>
  useMutation({
    mutationFn: () => unwrap(api.POST("/v1/payments/{payment_id}/check", { params: at(id) })),
    onSettled: usePaymentsMoved(),
  });

/** Sees that nobody can pay it any more. */
export const useClosePayment = (id: string) =>
  useMutation({
    mutationFn: () => unwrap(api.POST("/v1/payments/{payment_id}/close", { params: at(id) })),
    onSettled: usePaymentsMoved(),
  });

/** A person has looked at it. */
export const useClearAttention = (id: string) =>
  useMutation({
    mutationFn: () => unwrap(api.DELETE("/v1/payments/{payment_id}/attention", { params: at(id) })),
    onSettled: usePaymentsMoved(),
  });

const ACCOUNTS = ["payment-accounts"];

export const usePaymentAccounts = (enabled = true) =>
  useQuery({
    queryKey: ACCOUNTS,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/payment-accounts", { signal })),
    enabled,
  });

function useAccountsChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ACCOUNTS });
}

export const useSetAccount = () =>
  useMutation({
    mutationFn: (
      wanted:
        | { provider: "wechat"; body: WeChatAccountBody }
        | { provider: "alipay"; body: AlipayAccountBody },
    ) =>
      wanted.provider === "wechat"
        ? unwrap(api.PUT("/v1/payment-accounts/wechat", { body: wanted.body }))
        : unwrap(api.PUT("/v1/payment-accounts/alipay", { body: wanted.body })),
    onSuccess: useAccountsChanged(),
  });

export const useTestAccount = (provider: Online) =>
  useMutation({
    mutationFn: () =>
      unwrap(api.POST("/v1/payment-accounts/{provider}/test", { params: { path: { provider } } })),
  });

export const useRemoveAccount = (provider: Online) =>
  useMutation({
    mutationFn: () =>
      unwrap(api.DELETE("/v1/payment-accounts/{provider}", { params: { path: { provider } } })),
    onSuccess: useAccountsChanged(),
  });
