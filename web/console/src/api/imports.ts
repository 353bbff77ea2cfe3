import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { ImportJob, ImportKind, ImportRequest } from "./types";

export const IMPORTS_LIMIT = 25;

export const going = (job: ImportJob) => job.status === "waiting" || job.status === "running";

export const useImports = (cursor: string | undefined) =>
  useQuery({
    queryKey: ["imports", "list", cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/imports", { params: { query: { limit: IMPORTS_LIMIT, cursor } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(going) ? 2000 : false),
  });

export const useImport = (id: string | null) =>
  useQuery({
    queryKey: ["imports", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/imports/{id}", { params: { path: { id: id ?? "" } }, signal })),
    enabled: id !== null,
    refetchInterval: ({ state }) => (!state.data || going(state.data) ? 700 : false),
  });

export function useImportPreview() {
  return useMutation({
    mutationFn: ({ kind, file }: { kind: ImportKind; file: File }) => {
      const form = new FormData();
      form.set("kind", kind);
      form.set("file", file);
      return unwrap(
        api.POST("/v1/imports/preview", {
          body: { kind, file: file.name },
          bodySerializer: () => form,
        }),
      );
    },
  });
}

export function useStartImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ImportRequest) => unwrap(api.POST("/v1/imports", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["imports"] }),
  });
}
