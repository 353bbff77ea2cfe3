import type { components, paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type Gift = Schemas["GiftItem"];
export type GiftStatus = Gift["status"];
export type SharedPacket = Schemas["SharedItem"];
export type ShareStatus = SharedPacket["status"];
export type PacketClaim = Schemas["ClaimView"];
export type GiftQuery = NonNullable<paths["/v1/coupon-gifts"]["get"]["parameters"]["query"]>;
export type ShareQuery = NonNullable<paths["/v1/shared-packets"]["get"]["parameters"]["query"]>;

export const GIFT_STATUSES = [
  "waiting",
  "taken",
  "withdrawn",
  "expired",
  "empty",
] as const satisfies GiftStatus[];
export const SHARE_STATUSES = ["open", "emptied", "over"] as const satisfies ShareStatus[];

const GIFTS = ["coupon-gifts"];

/** Coupons on their way from one member to another. */
export const useGifts = (query: GiftQuery) =>
  useQuery({
    queryKey: [...GIFTS, query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/coupon-gifts", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** Its link is worth nothing any more; the coupon stays its giver's. */
export function useWithdrawGift() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (gift_id: string) =>
      unwrap(api.DELETE("/v1/coupon-gifts/{gift_id}", { params: { path: { gift_id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: GIFTS }),
  });
}

/** Red packets that members opened for their friends. */
export const useSharedPackets = (query: ShareQuery) =>
  useQuery({
    queryKey: ["shared-packets", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/shared-packets", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** With who took which part. */
export const useSharedPacket = (packet_id: string) =>
  useQuery({
    queryKey: ["shared-packets", packet_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/shared-packets/{packet_id}", { params: { path: { packet_id } }, signal })),
    staleTime: 0,
  });
