import type { paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { ProductDraft, ProductPatch } from "./types";

export type ProductQuery = NonNullable<paths["/v1/products"]["get"]["parameters"]["query"]>;

export const findProducts = (query: ProductQuery, signal?: AbortSignal) =>
  unwrap(api.GET("/v1/products", { params: { query }, signal }));

export const useProducts = (query: ProductQuery, enabled = true) =>
  useQuery({
    queryKey: ["products", "list", query],
    queryFn: ({ signal }) => findProducts(query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });

export const useCategories = (enabled = true) =>
  useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/categories", { signal })),
    staleTime: 10 * 60_000,
    enabled,
  });

export function useAddProduct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ProductDraft) => unwrap(api.POST("/v1/products", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["products"] }),
  });
}

export function useChangeProduct(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ProductPatch) =>
      unwrap(api.PATCH("/v1/products/{product_id}", { params: { path: { product_id: id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["products"] }),
  });
}
