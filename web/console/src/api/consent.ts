import type { components } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type ConsentState = Schemas["ConsentStateView"];
export type ConsentText = Schemas["ConsentTextView"];
export type ConsentsChange = Schemas["ConsentsChange"];
export type ConsentPurpose = ConsentState["purpose"];
export type ConsentChannel = ConsentState["channel"];

/** All channels, then each; what is said of `*` counts for those of which nothing else was said. */
export const CHANNELS = [
  "sms",
  "email",
  "wechat",
  "wecom",
  "phone",
  "push",
  "in_app",
] as const satisfies ConsentChannel[];

/** What a member decides freely; the terms she agreed to by joining. */
export const PURPOSES = ["marketing", "profiling", "sharing"] as const satisfies ConsentPurpose[];

const KEY = "member-consents";

export const useConsents = (member_id: string) =>
  useQuery({
    queryKey: [KEY, member_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/consents", { params: { path: { member_id } }, signal })),
  });

export const useConsentHistory = (member_id: string, cursor: string | undefined, limit: number) =>
  useQuery({
    queryKey: [KEY, member_id, "history", cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/members/{member_id}/consents/history", {
          params: { path: { member_id }, query: { limit, cursor } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const useConsentPreview = (member_id: string, body: ConsentsChange) =>
  useQuery({
    queryKey: [KEY, member_id, "preview", body],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/consents/preview", {
          params: { path: { member_id } },
          body,
          signal,
        }),
      ),
    gcTime: 0,
  });

export function useChangeConsents(member_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ConsentsChange) =>
      unwrap(api.PUT("/v1/members/{member_id}/consents", { params: { path: { member_id } }, body })),
    onSuccess: () => {
      for (const key of [KEY, "members"]) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
}

const TEXTS = ["consent-texts"];

export const useConsentTexts = () =>
  useQuery({
    queryKey: TEXTS,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/consent-texts", { signal })),
    staleTime: 60_000,
  });

export function usePublishText() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["ConsentTextNew"]) => unwrap(api.POST("/v1/consent-texts", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: TEXTS }),
  });
}

/** The text shown for a channel: its own, else that of all. */
export const textFor = (texts: ConsentText[], purpose: ConsentPurpose, channel: ConsentChannel) =>
  texts.find((text) => text.in_force && text.purpose === purpose && text.channel === channel) ??
  texts.find((text) => text.in_force && text.purpose === purpose && text.channel === "*");
