import { api, unwrap } from "./client";
import type { Shelf } from "./shelf";
import type { Promotion, PromotionBody, PromotionDetail } from "./types";

const at = (id: string) => ({ path: { promotion_id: id } });

export const PROMOTIONS: Shelf<Promotion, PromotionDetail, PromotionBody> = {
  name: "promotions",
  path: "/promotions",
  list: (query, signal) => unwrap(api.GET("/v1/promotions", { params: { query }, signal })),
  read: (id, signal) => unwrap(api.GET("/v1/promotions/{promotion_id}", { params: at(id), signal })),
  create: (body) => unwrap(api.POST("/v1/promotions", { body })),
  change: (id, body) => unwrap(api.PUT("/v1/promotions/{promotion_id}", { params: at(id), body })),
  remove: (id) => unwrap(api.DELETE("/v1/promotions/{promotion_id}", { params: at(id) })),
  preview: (id, signal) =>
    unwrap(api.GET("/v1/promotions/{promotion_id}/preview", { params: at(id), signal })),
  act: {
    publish: (id) => unwrap(api.POST("/v1/promotions/{promotion_id}/publish", { params: at(id) })),
    pause: (id) => unwrap(api.POST("/v1/promotions/{promotion_id}/pause", { params: at(id) })),
    end: (id) => unwrap(api.POST("/v1/promotions/{promotion_id}/end", { params: at(id) })),
  },
};
