import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { StackingGroupBody } from "./types";

export const useGroups = () =>
  useQuery({
    queryKey: ["stacking-groups"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/stacking-groups", { signal })),
    staleTime: 60_000,
  });

export function usePutGroup() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, body }: { code: string; body: StackingGroupBody }) =>
      unwrap(api.PUT("/v1/stacking-groups/{code}", { params: { path: { code } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["stacking-groups"] }),
  });
}

export function useRemoveGroup() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) =>
      unwrap(api.DELETE("/v1/stacking-groups/{code}", { params: { path: { code } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["stacking-groups"] }),
  });
}
