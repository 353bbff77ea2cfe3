import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import { SESSION_KEY } from "./session";
import type { SettingsPatch } from "./types";

export const useSettings = () =>
  useQuery({ queryKey: ["settings"], queryFn: ({ signal }) => unwrap(api.GET("/v1/settings", { signal })) });

/** The session carries the merchant's currency and zone, so it is asked again too. */
export function useChangeSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SettingsPatch) => unwrap(api.PATCH("/v1/settings", { body })),
    onSuccess: async (settings) => {
      queries.setQueryData(["settings"], settings);
      await queries.invalidateQueries({ queryKey: SESSION_KEY });
    },
  });
}

export const useProgramme = (enabled = true) =>
  useQuery({
    queryKey: ["programme"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/programme", { signal })),
    staleTime: 10 * 60_000,
    enabled,
  });
