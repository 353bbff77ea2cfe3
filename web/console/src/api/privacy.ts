import type { components } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import { usePeopleMoved } from "./identity";

/** Who was shown a member's contact data in clear. */
export const useAccessLog = (member_id: string, cursor: string | undefined, limit: number) =>
  useQuery({
    queryKey: ["access-log", member_id, cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/access-log", { params: { query: { member_id, limit, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

type Schemas = components["schemas"];

export type Obstacle = Schemas["ObstacleView"];
export type Erasure = Schemas["Erased"];

/** What an erasure would do now, and what stands in its way. */
export const useErasurePreview = (member_id: string) =>
  useQuery({
    queryKey: ["erasure-preview", member_id],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/erasure/preview", { params: { path: { member_id } }, signal }),
      ),
    gcTime: 0,
    retry: false,
  });

export function useEraseMember(member_id: string) {
  const queries = useQueryClient();
  const moved = usePeopleMoved();
  return useMutation({
    mutationFn: (body: Schemas["Erase"]) =>
      unwrap(api.POST("/v1/members/{member_id}/erasure", { params: { path: { member_id } }, body })),
    onSuccess: () => {
      moved();
      void queries.invalidateQueries({ queryKey: ["erasures"] });
    },
  });
}

export const useErasures = (cursor: string | undefined, limit: number) =>
  useQuery({
    queryKey: ["erasures", cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/erasures", { params: { query: { limit, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });

export type RetentionRule = Schemas["RetentionRule"];

const RETENTION = ["retention"];

export const useRetention = () =>
  useQuery({ queryKey: RETENTION, queryFn: ({ signal }) => unwrap(api.GET("/v1/retention", { signal })) });

/** What these rules would delete in the next night. */
export const useRetentionPreview = () =>
  useMutation({
    mutationFn: (rules: Record<string, number>) =>
      unwrap(api.POST("/v1/retention/preview", { body: { rules } })),
  });

export function useSetRetention() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rules: Record<string, number>) => unwrap(api.PUT("/v1/retention", { body: { rules } })),
    onSuccess: (found) => queries.setQueryData(RETENTION, found),
  });
}
