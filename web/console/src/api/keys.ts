import type { paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { ApiKeyDraft } from "./types";

const KEY = ["api-keys"];

export type ApiKeyQuery = NonNullable<paths["/v1/api-keys"]["get"]["parameters"]["query"]>;

export const useApiKeys = (query: ApiKeyQuery) =>
  useQuery({
    queryKey: [...KEY, query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/api-keys", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

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
      await unwrap(api.DELETE("/v1/api-keys/{key_id}", { params: { path: { key_id: id } } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
