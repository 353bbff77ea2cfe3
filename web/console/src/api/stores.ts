import type { paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { StoreDraft, StorePatch } from "./types";

export type StoreQuery = NonNullable<paths["/v1/stores"]["get"]["parameters"]["query"]>;

export const useStores = (query: StoreQuery = {}, enabled = true) =>
  useQuery({
    queryKey: ["stores", "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/stores", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
    enabled,
  });

export const useRegions = () =>
  useQuery({
    queryKey: ["regions"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/regions", { signal })),
    staleTime: 5 * 60_000,
  });

export function useAddStore() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: StoreDraft) => unwrap(api.POST("/v1/stores", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["stores"] }),
  });
}

export function useChangeStore(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: StorePatch) =>
      unwrap(api.PATCH("/v1/stores/{store_id}", { params: { path: { store_id: id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["stores"] }),
  });
}

export function useAddRegion() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string }) => unwrap(api.POST("/v1/regions", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["regions"] }),
  });
}
