import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { PayRequest, RefundRequest } from "./types";

const at = (order_id: string) => ({ path: { order_id } });

/** What a refund would give back now; nothing is written. */
export const useRefundPreview = (orderId: string, body: RefundRequest | null) =>
  useQuery({
    queryKey: ["orders", orderId, "refund", body],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/v1/orders/{order_id}/refunds/preview", {
          params: at(orderId),
          body: body as RefundRequest,
          signal,
        }),
      ),
    enabled: body !== null,
    placeholderData: body === null ? undefined : keepPreviousData,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });

/** An order moves money, points and coupons: whatever shows any of them asks again. */
function useOrderMoved(orderId: string) {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ["orders", orderId] });
    for (const key of ["orders", "members", "coupons"]) void queries.invalidateQueries({ queryKey: [key] });
  };
}

/** Safe to send again with the same key. */
export const useRefund = (orderId: string) =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: RefundRequest }) =>
      unwrap(
        api.POST("/v1/orders/{order_id}/refunds", {
          params: at(orderId),
          body,
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useOrderMoved(orderId),
  });

export const useCancelOrder = (orderId: string) =>
  useMutation({
    mutationFn: () => unwrap(api.POST("/v1/orders/{order_id}/cancel", { params: at(orderId) })),
    onSuccess: useOrderMoved(orderId),
  });

export const usePayOrder = (orderId: string) =>
  useMutation({
    mutationFn: ({ key, body }: { key: string; body: PayRequest }) =>
      unwrap(
        api.POST("/v1/orders/{order_id}/payments", {
          params: at(orderId),
          body,
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: useOrderMoved(orderId),
  });
