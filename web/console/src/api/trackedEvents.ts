import type { components } from "@shuke/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type EventSuggestion = Schemas["EventSuggestion"];
export type Tracked = Schemas["Tracked"];

const SUGGESTED = ["segment-events"];

/** Tracked events that rules can ask for, and what can be asked of them. */
export const useEventSuggestions = (enabled = true) =>
  useQuery({
    queryKey: SUGGESTED,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/segments/values/events", { signal })),
    staleTime: 60_000,
    retry: false,
    enabled,
  });

/** Texts that a property of an event had. */
export const useEventTexts = (
  query: { type: Tracked; name: string; property: string; containing: string },
  enabled = true,
) =>
  useQuery({
    queryKey: [...SUGGESTED, "texts", query],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/segments/values/event-properties", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    enabled,
  });
