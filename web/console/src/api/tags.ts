import type { components } from "@shuke/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";

type Schemas = components["schemas"];

export type Tag = Schemas["TagView"];
export type TagGroup = Schemas["TagGroupView"];
export type TagColour = TagGroup["colour"];
export type HeldTag = Schemas["HeldView"];
export type MemberTagsChange = Schemas["MemberTagsChange"];

export const TAG_COLOURS = [
  "grey",
  "red",
  "orange",
  "gold",
  "lime",
  "green",
  "cyan",
  "blue",
  "purple",
  "magenta",
] as const satisfies TagColour[];

const TAGS = ["tags"];

/** Every group with its tags; `counts` asks who has each too. */
export const useTags = (counts = false, enabled = true) =>
  useQuery({
    queryKey: [...TAGS, { counts }],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/tags", { params: { query: { counts } }, signal })),
    staleTime: 60_000,
    enabled,
  });

/** Tags to pick from, by group. */
export const tagOptions = (
  found: Schemas["TagGroups"] | undefined,
  text: (name: Tag["name"]) => string,
  picked: (tag: Tag) => boolean = () => true,
) =>
  (found?.groups ?? [])
    .map((group) => ({
      label: text(group.name),
      options: group.tags.filter(picked).map((tag) => ({ value: tag.id, label: text(tag.name) })),
    }))
    .filter(({ options }) => options.length > 0);

function useTagWrite<Asked, Made>(mutationFn: (asked: Asked) => Promise<Made>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: TAGS }) });
}

export const useSaveGroup = () =>
  useTagWrite(({ id, body }: { id: string | null; body: Schemas["GroupNew"] }) =>
    id === null
      ? unwrap(api.POST("/v1/tag-groups", { body }))
      : unwrap(api.PATCH("/v1/tag-groups/{group_id}", { params: { path: { group_id: id } }, body })),
  );

export const useRemoveTagGroup = () =>
  useTagWrite((group_id: string) =>
    unwrap(api.DELETE("/v1/tag-groups/{group_id}", { params: { path: { group_id } } })),
  );

export const useAddTag = () =>
  useTagWrite((body: Schemas["TagNew"]) => unwrap(api.POST("/v1/tags", { body })));

export const useChangeTag = () =>
  useTagWrite(({ id, body }: { id: string; body: Schemas["TagChange"] }) =>
    unwrap(api.PATCH("/v1/tags/{tag_id}", { params: { path: { tag_id: id } }, body })),
  );

const OF_MEMBER = "member-tags";

export const useMemberTags = (member_id: string, enabled = true) =>
  useQuery({
    queryKey: [OF_MEMBER, member_id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/tags", { params: { path: { member_id } }, signal })),
    enabled,
  });

export const useMemberTagHistory = (member_id: string) =>
  useQuery({
    queryKey: [OF_MEMBER, member_id, "history"],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/members/{member_id}/tags/history", { params: { path: { member_id } }, signal })),
  });

export function useChangeMemberTags(member_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MemberTagsChange) =>
      unwrap(api.POST("/v1/members/{member_id}/tags", { params: { path: { member_id } }, body })),
    onSuccess: (held) => {
      queries.setQueryData([OF_MEMBER, member_id], held);
      void queries.invalidateQueries({ queryKey: [OF_MEMBER, member_id, "history"] });
      for (const key of ["tags", "members"]) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
}
