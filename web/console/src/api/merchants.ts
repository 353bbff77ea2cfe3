import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { MerchantDraft } from "./types";

export const useMerchants = () =>
  useQuery({
    queryKey: ["merchants"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/merchants", { signal })),
  });

export function useAddMerchant() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MerchantDraft) => unwrap(api.POST("/v1/merchants", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["merchants"] }),
  });
}
