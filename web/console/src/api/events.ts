import type { components, paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type TrackedEvent = Schemas["TrackedEvent"];
export type EventType = TrackedEvent["type"];
export type Quarantined = Schemas["QuarantinedMessage"];
export type Reason = Quarantined["reason"];
export type EventSource = Schemas["EventSource"];
export type NewEventSource = Schemas["NewEventSource"];
export type Profiles = EventSource["profiles"];
export type EventSchema = Schemas["EventSchema"];
export type EventSchemaSummary = Schemas["EventSchemaSummary"];
export type SchemaBody = Schemas["SchemaBody"];
export type NewSchema = Schemas["NewSchema"];
export type PropertyType = Schemas["PropertyType"];
export type EventRetention = Schemas["EventRetention"];

export type EventQuery = NonNullable<paths["/v1/events"]["get"]["parameters"]["query"]>;
export type TailQuery = NonNullable<paths["/v1/events/latest"]["get"]["parameters"]["query"]>;
export type QuarantineQuery = NonNullable<paths["/v1/events/quarantine"]["get"]["parameters"]["query"]>;

export const EVENT_TYPES = [
  "track",
  "page",
  "screen",
  "identify",
  "group",
  "alias",
] as const satisfies EventType[];
export const REASONS = [
  "schema",
  "wrong_type",
  "unknown_type",
  "no_identifier",
  "no_event_name",
  "too_large",
  "too_many_keys",
  "too_deep",
  "not_text",
  "bad_timestamp",
  "future",
  "too_old",
  "bot",
  "trait",
] as const satisfies Reason[];
export const PROPERTY_TYPES = [
  "text",
  "number",
  "boolean",
  "list",
  "object",
] as const satisfies PropertyType[];

const EVERY_MS = 2_000;
const SHOWN = 200;

/** Events as they come: each answer says from where to ask on, so that none is missed and none shown twice. */
export function useTail(wanted: TailQuery, live: boolean) {
  const queries = useQueryClient();
  const queryKey = ["events", "tail", wanted];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const before = queries.getQueryData<Schemas["LatestEvents"]>(queryKey);
      const query = { ...wanted, limit: 100, after: before?.position };
      const { items, position } = await unwrap(api.GET("/v1/events/latest", { params: { query }, signal }));
      return { items: [...items, ...(before?.items ?? [])].slice(0, SHOWN), position };
    },
    refetchInterval: live ? EVERY_MS : false,
    enabled: live,
    staleTime: 0,
    gcTime: 0,
  });
}

export const useEvents = (query: EventQuery, enabled: boolean) =>
  useQuery({
    queryKey: ["events", "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/events", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });

const QUARANTINE = ["event-quarantine"];

export const useQuarantine = (query: QuarantineQuery) =>
  useQuery({
    queryKey: [...QUARANTINE, query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/events/quarantine", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

const replay = (ids: string[], preview: boolean) =>
  unwrap(api.POST("/v1/events/quarantine/replay", { body: { ids, preview } }));

/** What reading them again would come to. */
export const usePreviewReplay = () => useMutation({ mutationFn: (ids: string[]) => replay(ids, true) });

export function useReplay() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => replay(ids, false),
    onSuccess: () => queries.invalidateQueries({ queryKey: QUARANTINE }),
  });
}

const SOURCES = ["event-sources"];

export const useEventSources = (query: { limit: number; cursor?: string | undefined }) =>
  useQuery({
    queryKey: [...SOURCES, query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/event-sources", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

function useSourcesMoved() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: SOURCES });
}

export const useAddSource = () =>
  useMutation({
    mutationFn: (body: NewEventSource) => unwrap(api.POST("/v1/event-sources", { body })),
    onSuccess: useSourcesMoved(),
  });

export const useChangeSource = () =>
  useMutation({
    mutationFn: ({ id, ...body }: { id: string } & Schemas["EventSourceChange"]) =>
      unwrap(api.PATCH("/v1/event-sources/{source_id}", { params: { path: { source_id: id } }, body })),
    onSuccess: useSourcesMoved(),
  });

export const useRevokeSource = () =>
  useMutation({
    mutationFn: async (id: string) => {
      await unwrap(api.DELETE("/v1/event-sources/{source_id}", { params: { path: { source_id: id } } }));
    },
    onSuccess: useSourcesMoved(),
  });

const SCHEMAS = ["event-schemas"];
const at = (schema_id: string) => ({ path: { schema_id } });

export const useEventSchemas = (query: { limit: number; cursor?: string | undefined }) =>
  useQuery({
    queryKey: [...SCHEMAS, "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/event-schemas", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useEventSchema = (id: string) =>
  useQuery({
    queryKey: [...SCHEMAS, id],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/event-schemas/{schema_id}", { params: at(id), signal })),
    staleTime: 0,
    gcTime: 0,
  });

export const useTrySchema = (id: string) =>
  useMutation({
    mutationFn: (body: SchemaBody) =>
      unwrap(api.POST("/v1/event-schemas/{schema_id}/trial", { params: at(id), body })),
  });

function useSchemasMoved() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: SCHEMAS });
}

export const useChangeSchema = (id: string) =>
  useMutation({
    mutationFn: (body: SchemaBody) =>
      unwrap(api.PUT("/v1/event-schemas/{schema_id}", { params: at(id), body })),
    onSuccess: useSchemasMoved(),
  });

export const useDeclareSchema = () =>
  useMutation({
    mutationFn: (body: NewSchema) => unwrap(api.POST("/v1/event-schemas", { body })),
    onSuccess: useSchemasMoved(),
  });

export const useForgetSchema = (id: string) =>
  useMutation({
    mutationFn: async () => {
      await unwrap(api.DELETE("/v1/event-schemas/{schema_id}", { params: at(id) }));
    },
    onSuccess: useSchemasMoved(),
  });

const RETENTION = ["event-retention"];

export const useRetention = () =>
  useQuery({
    queryKey: RETENTION,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/events/retention", { signal })),
  });

export function useSetRetention() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: EventRetention) => unwrap(api.PUT("/v1/events/retention", { body })),
    onSuccess: (now) => queries.setQueryData(RETENTION, now),
  });
}
