/** What the till asks beside quotes and orders: coupons in hand, cards, orders on hold. */
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { PayRequest } from "./types";

const WALLETFUL = 100;

/** The coupons she could use now, for the days on which they end: the quote has everything else. */
export const useCouponsInHand = (memberId: string | undefined) =>
  useQuery({
    queryKey: ["coupons", "in-hand", memberId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/members/{member_id}/coupons", {
          params: {
            path: { member_id: memberId as string },
            query: { status: "available", limit: WALLETFUL },
          },
          signal,
        }),
      ),
    enabled: memberId !== undefined,
    staleTime: 15_000,
  });

/** For a member, or (null) for whoever shows the paper. */
export const redeemCode = (code: string, member_id: string | null, key: string) =>
  unwrap(
    api.POST("/v1/coupon-codes/redeem", { body: { code, member_id }, headers: { "Idempotency-Key": key } }),
  );

/** Wrong PINs are counted, and make the next ones wait. */
export const checkCard = (number: string, pin: string) =>
  unwrap(api.POST("/v1/cards/check", { body: { number, pin } }));

const REFRESH_MS = 15_000;

/** Orders of this store that wait for their money. */
export const useHeldOrders = (storeId: string | undefined, wanted: boolean) =>
  useQuery({
    queryKey: ["orders", "held", storeId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/orders", {
          params: { query: { status: "pending", store_id: storeId as string, limit: 50 } },
          signal,
        }),
      ),
    enabled: wanted && storeId !== undefined,
    refetchInterval: REFRESH_MS,
    staleTime: 0,
  });

const at = (order_id: string) => ({ path: { order_id } });

export const readOrder = (id: string) => unwrap(api.GET("/v1/orders/{order_id}", { params: at(id) }));

/** Safe to send again with the same key. */
export const payHeld = (id: string, body: PayRequest, key: string, signal?: AbortSignal) =>
  unwrap(
    api.POST("/v1/orders/{order_id}/payments", {
      params: at(id),
      body,
      signal,
      headers: { "Idempotency-Key": key },
    }),
  );

export const letGo = (id: string) => unwrap(api.POST("/v1/orders/{order_id}/cancel", { params: at(id) }));

/** Whom the till may ask for money, and how. */
export const useCounterProviders = () =>
  useQuery({
    queryKey: ["payment-providers"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/payment-providers", { signal })),
    staleTime: 300_000,
  });

const of = (payment_id: string) => ({ path: { payment_id } });

/** Asks the provider for the money behind the code on the customer's phone, or (null) for a code to show. Safe to repeat. */
export const startPayment = (id: string, auth_code: string | null) =>
  unwrap(api.POST("/v1/payments/{payment_id}/start", { params: of(id), body: { auth_code } }));

export const checkPayment = (id: string) =>
  unwrap(api.POST("/v1/payments/{payment_id}/check", { params: of(id) }));

/** Nobody can pay it any more; the answer says so if it was paid meanwhile. */
export const closePayment = (id: string) =>
  unwrap(api.POST("/v1/payments/{payment_id}/close", { params: of(id) }));
