import type { components } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type Attribute = Schemas["AttributeView"];
export type AttributeType = Attribute["type"];
export type AttributeNew = Schemas["AttributeNew"];
export type AttributeChange = Schemas["AttributeChange"];

export const ATTRIBUTE_TYPES = [
  "text",
  "number",
  "yes_no",
  "date",
  "choice",
] as const satisfies AttributeType[];

const ATTRIBUTES = ["attributes"];

/** What is registered about members beside the fields that all have, archived ones too. */
export const useAttributes = (enabled = true) =>
  useQuery({
    queryKey: ATTRIBUTES,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/attributes", { signal })),
    staleTime: 60_000,
    enabled,
  });

/** Those that count, by name. */
export function useRegistered(enabled = true): ReadonlyMap<string, Attribute> {
  const { data } = useAttributes(enabled);
  return useMemo(
    () => new Map((data?.items ?? []).filter((each) => !each.archived).map((each) => [each.name, each])),
    [data],
  );
}

function useAttributeWrite<Asked>(mutationFn: (asked: Asked) => Promise<Attribute>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ATTRIBUTES }) });
}

export const useRegisterAttribute = () =>
  useAttributeWrite((body: AttributeNew) => unwrap(api.POST("/v1/attributes", { body })));

export const useChangeAttribute = () =>
  useAttributeWrite(({ id, body }: { id: string; body: Partial<AttributeChange> }) =>
    unwrap(
      api.PATCH("/v1/attributes/{attribute_id}", {
        params: { path: { attribute_id: id } },
        body: body as AttributeChange,
      }),
    ),
  );

/** Values that members have, the commonest first. */
export const useRegisteredValues = (name: string, containing: string, enabled = true) =>
  useQuery({
    queryKey: [...ATTRIBUTES, "values", name, containing],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/segments/values/registered", { params: { query: { name, containing } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
    enabled,
  });
