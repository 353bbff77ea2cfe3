import type { components } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type Segment = Schemas["SegmentView"];
export type SegmentBody = Schemas["SegmentBody"];
export type SegmentStatus = Segment["status"];
export type Refresh = Segment["refresh"];
export type Snapshot = Schemas["SnapshotView"];
export type SegmentMember = Schemas["SegmentMember"];
export type Preview = Schemas["SegmentPreview"];
export type PreviewCost = Schemas["PreviewCost"];

/** The rule tree as the API reads and writes it. */
export type Tree = NonNullable<Segment["tree"]>;
export type Leaf = Exclude<Tree, { rule: "all" | "any" | "not" }>;
export type Behaviour = Schemas["Behaviour"];
export type Window = NonNullable<Behaviour["window"]>;
export type Test = Schemas["Attribute"]["test"];
export type Fact = Behaviour["fact"];
export type Aggregate = Schemas["Aggregate"];
export type Rfm = Schemas["Rfm"];
export type Why = Schemas["SegmentWhy"];
export type WhyNode = Schemas["WhyNode"];
export type SegmentMove = Schemas["SegmentMove"];
export type MemberSegment = Schemas["MemberSegment"];
export type SetOp = Schemas["SetOp"];
export type SegmentUse = Schemas["SegmentUse"];

const SEGMENTS = "segments";

interface Walk {
  limit: number;
  cursor: string | undefined;
}

export const useSegments = (query: Walk & { status: SegmentStatus }, enabled = true) =>
  useQuery({
    queryKey: [SEGMENTS, "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/segments", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  });

export const useSegment = (segment_id: string) =>
  useQuery({
    queryKey: [SEGMENTS, segment_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/segments/{segment_id}", { params: { path: { segment_id } }, signal })),
    enabled: segment_id !== "",
  });

export const useSegmentMembers = (segment_id: string, query: Walk) =>
  useQuery({
    queryKey: [SEGMENTS, segment_id, "members", query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/segments/{segment_id}/members", { params: { path: { segment_id }, query }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

export const useSnapshots = (segment_id: string, query: Walk) =>
  useQuery({
    queryKey: [SEGMENTS, segment_id, "snapshots", query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/segments/{segment_id}/snapshots", { params: { path: { segment_id }, query }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

/** Who came and who went with one look. */
export const useMoves = (segment_id: string, number: number, query: Walk) =>
  useQuery({
    queryKey: [SEGMENTS, segment_id, "moves", number, query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/segments/{segment_id}/snapshots/{number}/moves", {
          params: { path: { segment_id, number }, query },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** How many are in which of several segments, by their last looks. */
export const useOverlap = (ids: string[]) =>
  useQuery({
    queryKey: [SEGMENTS, "overlap", ids],
    queryFn: ({ signal }) => unwrap(api.POST("/v1/segments/overlap", { body: { ids }, signal })),
    placeholderData: keepPreviousData,
    enabled: ids.length > 1,
  });

/** Which segments hold her, by the last look at each. */
export const useSegmentsOfMember = (member_id: string, query: Walk) =>
  useQuery({
    queryKey: [SEGMENTS, "of-member", member_id, query],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/segments", { params: { path: { member_id }, query }, signal })),
    placeholderData: keepPreviousData,
  });

/** Why she is in it, or is not. */
export const useWhy = (segment_id: string, member_id: string | undefined) =>
  useQuery({
    queryKey: [SEGMENTS, segment_id, "why", member_id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/segments/{segment_id}/members/{member_id}/why", {
          params: { path: { segment_id, member_id: member_id ?? "" } },
          signal,
        }),
      ),
    enabled: member_id !== undefined,
    retry: false,
  });

/** Why a rule that is being written would hold her, or would not. */
export const useDraftWhy = (tree: Tree | null, member_id: string | undefined) =>
  useQuery({
    queryKey: ["segment-preview", "why", tree, member_id],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/v1/segments/preview/why", {
          body: { tree: tree as Tree, member_id: member_id ?? "" },
          signal,
        }),
      ),
    enabled: tree !== null && member_id !== undefined,
    retry: false,
  });

/** Those that put a tag on their members. */
export const usePuttingSegments = (enabled: boolean) =>
  useQuery({
    queryKey: [SEGMENTS, "tagging"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/segments", { params: { query: { tagging: true, limit: 200 } }, signal })),
    enabled,
  });

/** The tag that it puts on its members, asked again until the worker has put it. */
export const useSegmentTag = (segment_id: string) =>
  useQuery({
    queryKey: [SEGMENTS, segment_id, "tag"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/segments/{segment_id}/tag", { params: { path: { segment_id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.pending ? 5_000 : false),
  });

export function useChangeSegmentTag(segment_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (tag_id: string | null) =>
      unwrap(
        api.PUT("/v1/segments/{segment_id}/tag", { params: { path: { segment_id } }, body: { tag_id } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: [SEGMENTS] }),
  });
}

/** What it is made of, and what is made of it. */
export const useLineage = (segment_id: string) =>
  useQuery({
    queryKey: [SEGMENTS, segment_id, "lineage"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/segments/{segment_id}/lineage", { params: { path: { segment_id } }, signal })),
  });

/** What a preview would read, known before it is asked. */
export const usePreviewCost = (tree: Tree | null, cap: Segment["cap"]) =>
  useQuery({
    queryKey: ["segment-preview-cost", tree, cap],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/v1/segments/preview/cost", { body: { tree: tree as Tree, cap }, signal })),
    placeholderData: keepPreviousData,
    enabled: tree !== null,
    retry: false,
  });

/** Whom a tree holds, or as many as `cap` leaves. Asking for another tree breaks the question before it off, and the
 * server stops counting. */
export const usePreview = (tree: Tree | null, cap: Segment["cap"]) =>
  useQuery({
    queryKey: ["segment-preview", tree, cap],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/v1/segments/preview", { body: { tree: tree as Tree, cap }, signal })),
    placeholderData: keepPreviousData,
    enabled: tree !== null,
    retry: false,
  });

function useSegmentWrite<Asked>(mutationFn: (asked: Asked) => Promise<Segment>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (segment) => {
      queries.setQueryData([SEGMENTS, segment.id], segment);
      return queries.invalidateQueries({ queryKey: [SEGMENTS] });
    },
  });
}

/** `before` is what is being changed; a new segment has none. */
export const useSaveSegment = () =>
  useSegmentWrite(({ before, body }: { before: Segment | undefined; body: SegmentBody }) =>
    before
      ? unwrap(
          api.PUT("/v1/segments/{segment_id}", {
            params: { path: { segment_id: before.id } },
            body: { ...body, version: before.version },
          }),
        )
      : unwrap(api.POST("/v1/segments", { body })),
  );

export const useRefreshSegment = () =>
  useSegmentWrite((segment_id: string) =>
    unwrap(api.POST("/v1/segments/{segment_id}/refresh", { params: { path: { segment_id } } })),
  );

export const useArchiveSegment = () =>
  useSegmentWrite(({ id, version }: Segment) =>
    unwrap(
      api.POST("/v1/segments/{segment_id}/archive", {
        params: { path: { segment_id: id } },
        body: { version },
      }),
    ),
  );
