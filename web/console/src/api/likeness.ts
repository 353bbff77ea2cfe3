import type { components } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import { PROPOSALS, usePeopleMoved } from "./identity";

type Schemas = components["schemas"];

export type Search = Schemas["RunView"];
export type NewSearch = Schemas["NewRun"];
export type Acceptance = Schemas["AcceptanceView"];
export type AcceptAbove = Schemas["AcceptAbove"];

const SEARCHES = [PROPOSALS, "runs"];
const ACCEPTANCES = [PROPOSALS, "acceptances"];
const EVERY_MS = 2_000;

interface Walk {
  limit: number;
  cursor: string | undefined;
}

export const isSearching = ({ status }: Search): boolean => status === "queued" || status === "running";
export const isAtWork = ({ status }: Acceptance): boolean => status === "queued" || status === "taking_back";

/** Searches for members who are alike; asked again while one is under way. */
export const useSearches = (query: Walk) =>
  useQuery({
    queryKey: [...SEARCHES, query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/proposals/runs", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isSearching) ? EVERY_MS : false),
  });

export function useStartSearch() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSearch) => unwrap(api.POST("/v1/proposals/runs", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: SEARCHES }),
  });
}

/** Whom accepting all above a threshold would make one. */
export const useAcceptPreview = (body: AcceptAbove | null) =>
  useQuery({
    queryKey: [PROPOSALS, "accept-preview", body],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/v1/proposals/accept-above/preview", { body: body as AcceptAbove, signal })),
    enabled: body !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const useAcceptAbove = () =>
  useMutation({
    mutationFn: (body: AcceptAbove) => unwrap(api.POST("/v1/proposals/accept-above", { body })),
    onSuccess: usePeopleMoved(),
  });

export const useAcceptances = (query: Walk) =>
  useQuery({
    queryKey: [...ACCEPTANCES, query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/proposals/acceptances", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? EVERY_MS : false),
  });

export const useUndoAcceptance = () =>
  useMutation({
    mutationFn: (acceptance_id: string) =>
      unwrap(
        api.POST("/v1/proposals/acceptances/{acceptance_id}/undo", { params: { path: { acceptance_id } } }),
      ),
    onSuccess: usePeopleMoved(),
  });
