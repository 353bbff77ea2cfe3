import type { paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { BatchBody, IssueBody } from "./types";

export type CouponQuery = NonNullable<paths["/v1/coupons"]["get"]["parameters"]["query"]>;
export type BatchQuery = NonNullable<paths["/v1/coupon-batches"]["get"]["parameters"]["query"]>;

export const useCoupons = (query: CouponQuery) =>
  useQuery({
    queryKey: ["coupons", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/coupons", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useBatches = (query: BatchQuery) =>
  useQuery({
    queryKey: ["coupon-batches", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/coupon-batches", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** What changes the coupons of a template changes its figures too. */
function useCouponsChanged() {
  const queries = useQueryClient();
  return () => {
    for (const key of ["coupons", "coupon-batches", "coupon-templates"]) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
  };
}

export const useIssue = (templateId: string) =>
  useMutation({
    mutationFn: (body: IssueBody) =>
      unwrap(
        api.POST("/v1/coupon-templates/{template_id}/issues", {
          params: { path: { template_id: templateId } },
          body,
        }),
      ),
    onSuccess: useCouponsChanged(),
  });

export const useRevokeCoupon = () =>
  useMutation({
    mutationFn: (coupon_id: string) =>
      unwrap(api.POST("/v1/coupons/{coupon_id}/revoke", { params: { path: { coupon_id } } })),
    onSuccess: useCouponsChanged(),
  });

export const usePrintBatch = () =>
  useMutation({
    mutationFn: (body: BatchBody) => unwrap(api.POST("/v1/coupon-batches", { body })),
    onSuccess: useCouponsChanged(),
  });

export const useVoidBatch = () =>
  useMutation({
    mutationFn: (batch_id: string) =>
      unwrap(api.POST("/v1/coupon-batches/{batch_id}/void", { params: { path: { batch_id } } })),
    onSuccess: useCouponsChanged(),
  });
