import type { components, paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type ClearingDay = Schemas["ClearingDay"];
export type ClearingParty = Schemas["ClearingParty"];
export type ClearingPosition = Schemas["ClearingPosition"];
export type ClearingDebt = Schemas["ClearingDebt"];
export type ClearingReason = ClearingDebt["reason"];
export type ClearingStatement = Schemas["ClearingStatement"];
export type ClearingEntry = Schemas["ClearingEntry"];
export type ClearingTerms = Schemas["ClearingTermsView"];
export type ClearingTermsBody = Schemas["ClearingTermsBody"];
export type Closing = Schemas["ClosingView"];

export type EntryQuery = NonNullable<paths["/v1/clearing/days/{day}/entries"]["get"]["parameters"]["query"]>;
export type StatementQuery = paths["/v1/clearing/statement"]["get"]["parameters"]["query"];

const KEY = "clearing";

export const useClearingDays = (query: { limit: number; cursor?: string | undefined }) =>
  useQuery({
    queryKey: [KEY, "days", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/clearing/days", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useClearingDay = (day: string) =>
  useQuery({
    queryKey: [KEY, "day", day],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/clearing/days/{day}", { params: { path: { day } }, signal })),
  });

export const useClearingEntries = (day: string, query: EntryQuery) =>
  useQuery({
    queryKey: [KEY, "entries", day, query],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/clearing/days/{day}/entries", { params: { path: { day }, query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useClearingStatement = (query: StatementQuery) =>
  useQuery({
    queryKey: [KEY, "statement", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/clearing/statement", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

const close = (day: string, preview: boolean) =>
  unwrap(api.POST("/v1/clearing/days/{day}/close", { params: { path: { day } }, body: { preview } }));

/** What closing would come to; never an old answer, for it is about to be done. */
export const useClosingPreview = (day: string) =>
  useQuery({
    queryKey: [KEY, "closing", day],
    queryFn: () => close(day, true),
    staleTime: 0,
    gcTime: 0,
  });

export function useCloseDay() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (day: string) => close(day, false),
    onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}

export const useClearingTerms = () =>
  useQuery({
    queryKey: [KEY, "terms"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/clearing/terms", { signal })),
  });

export function useChangeClearingTerms() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ClearingTermsBody) => unwrap(api.PATCH("/v1/clearing/terms", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}
