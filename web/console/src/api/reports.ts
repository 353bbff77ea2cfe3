import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";

/** Business days, both inclusive. */
export interface ReportQuery {
  from: string;
  to: string;
  store_id?: string;
}

const shared = { placeholderData: keepPreviousData, staleTime: 60_000 };

export const useCalendar = () =>
  useQuery({
    queryKey: ["reports", "calendar"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/reports/calendar", { signal })),
    staleTime: 60_000,
  });

export const useSummary = (query: ReportQuery) =>
  useQuery({
    ...shared,
    queryKey: ["reports", "summary", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/reports/summary", { params: { query }, signal })),
  });

export const useDays = (query: ReportQuery) =>
  useQuery({
    ...shared,
    queryKey: ["reports", "days", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/reports/days", { params: { query }, signal })),
  });

export const useTopStores = (query: ReportQuery) =>
  useQuery({
    ...shared,
    queryKey: ["reports", "stores", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/reports/stores", { params: { query }, signal })),
  });

export const useTopCategories = (query: ReportQuery) =>
  useQuery({
    ...shared,
    queryKey: ["reports", "categories", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/reports/categories", { params: { query }, signal })),
  });

export const useTierSales = (query: ReportQuery) =>
  useQuery({
    ...shared,
    queryKey: ["reports", "tiers", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/reports/tiers", { params: { query }, signal })),
  });
