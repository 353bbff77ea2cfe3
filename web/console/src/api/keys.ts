import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { ApiKeyDraft } from "./types";

const KEY = ["api-keys"];

export const useApiKeys = () =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => unwrap(api.GET("/v1/api-keys", { signal })) });

export function useAddApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ApiKeyDraft) => unwrap(api.POST("/v1/api-keys", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRevokeApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await unwrap(api.DELETE("/v1/api-keys/{id}", { params: { path: { id } } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
