import type { components } from "@shuke/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type TraitRun = Schemas["TraitRun"];
export type RfmGrid = Schemas["RfmGrid"];
export type RfmCell = Schemas["RfmCell"];
export type ParetoCurve = Schemas["ParetoCurve"];
export type Predictions = Schemas["Predictions"];
export type Spread = Predictions["clv_minor"];
export type LifecycleStates = Schemas["LifecycleStates"];
export type Standings = Schemas["Standings"];
export type LifecycleFlow = Schemas["LifecycleFlow"];
export type LoyaltyMatrix = Schemas["LoyaltyMatrix"];
export type LoyaltyCell = Schemas["LoyaltyCell"];
export type Cluster = Schemas["Cluster"];
export type Portrait = Schemas["PortraitView"];
export type NextAction = Schemas["NextAction"];
export type Definitions = RfmGrid["definitions"];

/** Reckoned once a night. */
const nightly = { staleTime: 5 * 60_000 };

export const useRfm = () =>
  useQuery({
    ...nightly,
    queryKey: ["traits", "rfm"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/insight/value/rfm", { signal })),
  });

export const usePareto = () =>
  useQuery({
    ...nightly,
    queryKey: ["traits", "pareto"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/insight/value/pareto", { signal })),
  });

export const usePredictions = () =>
  useQuery({
    ...nightly,
    queryKey: ["traits", "predictions"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/insight/value/predictions", { signal })),
  });

export const useLifecycle = () =>
  useQuery({
    ...nightly,
    queryKey: ["traits", "lifecycle"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/insight/lifecycle", { signal })),
  });

export const useFlow = (query: { from?: string | undefined; to?: string | undefined }) =>
  useQuery({
    ...nightly,
    queryKey: ["traits", "flow", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/insight/lifecycle/flow", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useLoyalty = () =>
  useQuery({
    ...nightly,
    queryKey: ["traits", "loyalty"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/insight/loyalty", { signal })),
  });

export const useClusters = () =>
  useQuery({
    ...nightly,
    queryKey: ["traits", "clusters"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/insight/clusters", { signal })),
  });

export const usePortrait = (member_id: string) =>
  useQuery({
    queryKey: ["members", member_id, "portrait"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/portrait", { params: { path: { member_id } }, signal })),
  });
