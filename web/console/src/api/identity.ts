import type { components } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type MemberIdentities = Schemas["MemberIdentities"];
export type Identifier = Schemas["IdentifierView"];
export type Key = Schemas["KeyView"];
export type Together = Schemas["TogetherView"];
export type Visitor = Schemas["VisitorView"];
export type Merge = Schemas["MergeView"];
export type Moving = Schemas["Moving"];
export type SharedOut = Schemas["SharedOut"];
export type NamedMember = Schemas["MemberRef"];
export type IdentityPolicy = Schemas["IdentityPolicy"];
export type PolicyBody = Schemas["IdentityPolicyBody"];
export type Difference = Schemas["PolicyDifference"];
export type Space = Schemas["Space"];
export type SpaceRule = Schemas["SpaceRuleView"];

/** Namespaces of identifiers, strongest first as merchants begin with them. */
export const SPACES = [
  "phone",
  "unionid",
  "card",
  "email",
  "openid",
  "user_id",
  "device",
  "anonymous_id",
] as const satisfies Space[];

const IDENTITIES = "identities";
const MERGES = "merges";
export const PROPOSALS = "proposals";

export const useIdentities = (member_id: string) =>
  useQuery({
    queryKey: [IDENTITIES, member_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/identities", { params: { path: { member_id } }, signal })),
  });

export const useMerges = (query: {
  member_id?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}) =>
  useQuery({
    queryKey: [MERGES, "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/merges", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

/** A merge, with what it moved. */
export const useMerge = (merge_id: string) =>
  useQuery({
    queryKey: [MERGES, merge_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/merges/{merge_id}", { params: { path: { merge_id } }, signal })),
  });

/** What undoing a merge would give back now, and what was spent meanwhile; or why it cannot be undone. */
export const useUndoPreview = (merge_id: string) =>
  useQuery({
    queryKey: [MERGES, merge_id, "undo"],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/v1/merges/{merge_id}/undo/preview", { params: { path: { merge_id } }, signal })),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** Who stays, and who becomes another name of hers. */
export interface Pair {
  survivor: string;
  absorbed: string;
}

/** What a merge would move now, or what stands in its way. */
export const useMergePreview = (pair: Pair | null) =>
  useQuery({
    queryKey: [MERGES, "preview", pair],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/v1/members/{member_id}/merge/preview", {
          params: { path: { member_id: pair?.survivor ?? "" } },
          body: { other: pair?.absorbed ?? "" },
          signal,
        }),
      ),
    enabled: pair !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** All that changes when two become one, or are two again. */
const MOVED = [
  "members",
  IDENTITIES,
  MERGES,
  PROPOSALS,
  "member-tags",
  "member-consents",
  "orders",
  "coupons",
  "cards",
];

export function usePeopleMoved() {
  const queries = useQueryClient();
  return () => {
    for (const key of MOVED) void queries.invalidateQueries({ queryKey: [key] });
  };
}

export const useMergeMembers = () =>
  useMutation({
    mutationFn: ({ survivor, absorbed }: Pair) =>
      unwrap(
        api.POST("/v1/members/{member_id}/merge", {
          params: { path: { member_id: survivor } },
          body: { other: absorbed },
        }),
      ),
    onSuccess: usePeopleMoved(),
  });

export const useUndoMerge = () =>
  useMutation({
    mutationFn: (merge_id: string) =>
      unwrap(api.POST("/v1/merges/{merge_id}/undo", { params: { path: { merge_id } } })),
    onSuccess: usePeopleMoved(),
  });

const POLICY = ["identity-policy"];

export const usePolicy = () =>
  useQuery({
    queryKey: POLICY,
    queryFn: ({ signal }) => unwrap(api.GET("/v1/identity/policy", { signal })),
  });

/** What other rules would have made of everything that was seen. */
export const useSimulatePolicy = () =>
  useMutation({
    mutationFn: (body: PolicyBody) => unwrap(api.POST("/v1/identity/policy/simulate", { body })),
  });

export function useChangePolicy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PolicyBody) => unwrap(api.PUT("/v1/identity/policy", { body })),
    onSuccess: (now) => queries.setQueryData(POLICY, now),
  });
}
