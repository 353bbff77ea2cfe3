import type { components } from "@shuke/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

export type OrderSettings = components["schemas"]["OrderSettings"];
export type OrderSettingsPatch = components["schemas"]["OrderSettingsChange"];

const KEY = ["order-settings"];

/** What the merchant decided about orders and refunds. */
export const useOrderSettings = (enabled = true) =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/settings/orders", { signal })),
    enabled,
  });

/** Only what is named changes. */
export function useChangeOrderSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<OrderSettingsPatch>) =>
      unwrap(api.PATCH("/v1/settings/orders", { body: body as OrderSettingsPatch })),
    onSuccess: (now) => queries.setQueryData(KEY, now),
  });
}
