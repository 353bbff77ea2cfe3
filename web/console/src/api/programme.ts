import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { Programme, ProgrammeDocument } from "./types";

const KEY = ["programme"];

/** Whatever changes the programme answers with how it stands now; who knows tiers by it asks again. */
function useStands() {
  const queries = useQueryClient();
  return (stands: Programme) => queries.setQueryData(KEY, stands);
}

export const useSaveDraft = () =>
  useMutation({
    mutationFn: (body: ProgrammeDocument) => unwrap(api.PUT("/v1/programme", { body })),
    onSuccess: useStands(),
  });

export const useDropDraft = () =>
  useMutation({
    mutationFn: () => unwrap(api.DELETE("/v1/programme/draft")),
    onSuccess: useStands(),
  });

export function usePublish() {
  const stands = useStands();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (live_version: number) =>
      unwrap(api.POST("/v1/programme/publish", { body: { live_version } })),
    onSuccess: (now) => {
      stands(now);
      void queries.invalidateQueries({ queryKey: ["programme-versions"] });
    },
  });
}

/** What publishing a document would do; nothing is written. */
export const usePreviewDraft = () =>
  useMutation({
    mutationFn: (body: ProgrammeDocument) => unwrap(api.POST("/v1/programme/preview", { body })),
  });

export const useVersions = () =>
  useQuery({
    queryKey: ["programme-versions"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/programme/versions", { signal })),
  });

/** A version never changes. */
export const useVersion = (version: number) =>
  useQuery({
    queryKey: ["programme-versions", version],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/programme/versions/{version}", { params: { path: { version } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: version > 0,
  });

export const useCodes = (code: string) =>
  useQuery({
    queryKey: ["partner-codes", code],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/benefits/{code}/codes", { params: { path: { code } }, signal })),
  });

export function useAddCodes(code: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (codes: string[]) =>
      unwrap(api.POST("/v1/benefits/{code}/codes", { params: { path: { code } }, body: { codes } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["partner-codes", code] }),
  });
}
