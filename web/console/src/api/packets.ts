import { useMutation } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { Shelf } from "./shelf";
import type { PacketBody, PacketCampaign, PacketDetail } from "./types";

const at = (id: string) => ({ path: { campaign_id: id } });

export const PACKETS: Shelf<PacketCampaign, PacketDetail, PacketBody> = {
  name: "red-packet-campaigns",
  path: "/red-packets",
  list: ({ group: _none, ...query }, signal) =>
    unwrap(api.GET("/v1/red-packet-campaigns", { params: { query }, signal })),
  read: (id, signal) => unwrap(api.GET("/v1/red-packet-campaigns/{campaign_id}", { params: at(id), signal })),
  create: (body) => unwrap(api.POST("/v1/red-packet-campaigns", { body })),
  change: (id, body) => unwrap(api.PUT("/v1/red-packet-campaigns/{campaign_id}", { params: at(id), body })),
  remove: (id) => unwrap(api.DELETE("/v1/red-packet-campaigns/{campaign_id}", { params: at(id) })),
  preview: (id, signal) =>
    unwrap(api.GET("/v1/red-packet-campaigns/{campaign_id}/preview", { params: at(id), signal })),
  act: {
    publish: (id) => unwrap(api.POST("/v1/red-packet-campaigns/{campaign_id}/publish", { params: at(id) })),
    pause: (id) => unwrap(api.POST("/v1/red-packet-campaigns/{campaign_id}/pause", { params: at(id) })),
    end: (id) => unwrap(api.POST("/v1/red-packet-campaigns/{campaign_id}/end", { params: at(id) })),
  },
};

/** One packet to one member. */
export const useGrantPacket = (campaignId: string) =>
  useMutation({
    mutationFn: (member_id: string) =>
      unwrap(
        api.POST("/v1/red-packet-campaigns/{campaign_id}/grants", {
          params: at(campaignId),
          body: { member_id },
        }),
      ),
  });
