import { api, unwrap } from "./client";
import type { Shelf } from "./shelf";
import type { Template, TemplateBody, TemplateDetail } from "./types";

const at = (id: string) => ({ path: { template_id: id } });

export const TEMPLATES: Shelf<Template, TemplateDetail, TemplateBody> = {
  name: "coupon-templates",
  path: "/coupons",
  list: (query, signal) => unwrap(api.GET("/v1/coupon-templates", { params: { query }, signal })),
  read: (id, signal) => unwrap(api.GET("/v1/coupon-templates/{template_id}", { params: at(id), signal })),
  create: (body) => unwrap(api.POST("/v1/coupon-templates", { body })),
  change: (id, body) => unwrap(api.PUT("/v1/coupon-templates/{template_id}", { params: at(id), body })),
  remove: (id) => unwrap(api.DELETE("/v1/coupon-templates/{template_id}", { params: at(id) })),
  preview: (id, signal) =>
    unwrap(api.GET("/v1/coupon-templates/{template_id}/preview", { params: at(id), signal })),
  act: {
    publish: (id) => unwrap(api.POST("/v1/coupon-templates/{template_id}/publish", { params: at(id) })),
    pause: (id) => unwrap(api.POST("/v1/coupon-templates/{template_id}/pause", { params: at(id) })),
    end: (id) => unwrap(api.POST("/v1/coupon-templates/{template_id}/end", { params: at(id) })),
  },
};
