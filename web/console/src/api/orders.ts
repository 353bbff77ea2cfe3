import type { paths } from "@shuke/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { OrderRequest, QuoteRequest } from "./types";

export type OrderQuery = NonNullable<paths["/v1/orders"]["get"]["parameters"]["query"]>;

export const useOrders = (query: OrderQuery) =>
  useQuery({
    queryKey: ["orders", "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/orders", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useOrder = (id: string) =>
  useQuery({
    queryKey: ["orders", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/orders/{order_id}", { params: { path: { order_id: id } }, signal })),
  });

export const askQuote = (body: QuoteRequest, signal?: AbortSignal) =>
  unwrap(api.POST("/v1/quotes", { body, signal }));

/** Safe to send again with the same key: the server then gives the same answer. */
export const placeOrder = (body: OrderRequest, idempotencyKey: string, signal?: AbortSignal) =>
  unwrap(api.POST("/v1/orders", { body, signal, headers: { "Idempotency-Key": idempotencyKey } }));
