import type { components } from "@shuke/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type Liability = Schemas["LiabilityReport"];
export type LiabilityMovement = Schemas["LiabilityMovement"];
export type OutstandingAsset = Schemas["OutstandingAsset"];
export type BreakageCohort = Schemas["BreakageCohort"];
export type LotAsset = OutstandingAsset["asset"];

/** `month`: YYYY-MM; without, this one as it stands. */
export const useLiability = (month: string | undefined) =>
  useQuery({
    queryKey: ["reports", "liability", month],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/reports/liability", { params: { query: month ? { month } : {} }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
