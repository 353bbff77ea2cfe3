import type { components } from "@shuke/api-client";
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type CrowdInsight = Schemas["CrowdInsight"];
export type CrowdMeasure = Schemas["CrowdMeasure"];
export type CrowdCohort = Schemas["CrowdCohort"];

/** A segment against everybody. */
export const useCrowd = (segment_id: string) =>
  useQuery({
    queryKey: ["segments", segment_id, "crowd"],
    queryFn: ({ signal }) => unwrap(api.POST("/v1/insight/crowds", { body: { segment_id }, signal })),
    staleTime: 60_000,
  });
