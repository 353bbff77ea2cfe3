import type { paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { MerchantDraft } from "./types";

export type MerchantQuery = NonNullable<paths["/v1/merchants"]["get"]["parameters"]["query"]>;

export const useMerchants = (query: MerchantQuery) =>
  useQuery({
    queryKey: ["merchants", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/merchants", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export function useAddMerchant() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MerchantDraft) => unwrap(api.POST("/v1/merchants", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["merchants"] }),
  });
}
