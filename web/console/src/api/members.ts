import type { paths } from "@shuke/api-client";
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { Asset, IdentifyBy, MemberPatch, NewMember } from "./types";

export type MemberQuery = NonNullable<paths["/v1/members"]["get"]["parameters"]["query"]>;

export const useMembers = (query: MemberQuery, enabled = true) =>
  useQuery({
    queryKey: ["members", "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/members", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });

export const useMember = (id: string) =>
  useQuery({
    queryKey: ["members", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}", { params: { path: { member_id: id } }, signal })),
  });

export const useWallet = (id: string) =>
  useQuery({
    queryKey: ["members", id, "wallet"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/wallet", { params: { path: { member_id: id } }, signal })),
  });

export const useMemberInsight = (id: string) =>
  useQuery({
    queryKey: ["members", id, "insight"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/insight", { params: { path: { member_id: id } }, signal })),
  });

export const useMemberOrders = (id: string, cursor: string | undefined) =>
  useQuery({
    queryKey: ["members", id, "orders", cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/members/{member_id}/orders", {
          params: { path: { member_id: id }, query: { limit: 20, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const useMemberTimeline = (id: string) =>
  useInfiniteQuery({
    queryKey: ["members", id, "timeline"],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET("/v1/members/{member_id}/timeline", {
          params: { path: { member_id: id }, query: { limit: 30, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const useStatement = (id: string, asset: Asset | undefined) =>
  useInfiniteQuery({
    queryKey: ["members", id, "statement", asset],
    queryFn: async ({ pageParam, signal }) => {
      const wallet = await unwrap(
        api.GET("/v1/members/{member_id}/wallet", {
          params: { path: { member_id: id }, query: { limit: 50, cursor: pageParam, asset } },
          signal,
        }),
      );
      return wallet.statement;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const addMember = (body: NewMember) => unwrap(api.POST("/v1/members", { body }));

export function useAddMember() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: addMember,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["members", "list"] }),
  });
}

export function useChangeMember(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MemberPatch) =>
      unwrap(api.PATCH("/v1/members/{member_id}", { params: { path: { member_id: id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["members"] }),
  });
}

export const identify = (body: IdentifyBy) => unwrap(api.POST("/v1/identify", { body }));
