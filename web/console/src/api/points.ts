import type { paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

export type PointsRequestQuery = NonNullable<paths["/v1/points-requests"]["get"]["parameters"]["query"]>;

export const usePointsRequests = (query: PointsRequestQuery) =>
  useQuery({
    queryKey: ["points-requests", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/points-requests", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export function useDecide() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: "approve" | "refuse" }) => {
      const params = { path: { request_id: id } };
      return verb === "approve"
        ? unwrap(api.POST("/v1/points-requests/{request_id}/approve", { params }))
        : unwrap(api.POST("/v1/points-requests/{request_id}/refuse", { params }));
    },
    onSettled: () => {
      for (const key of ["points-requests", "members"]) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
}
