import { Tag as Chip } from "antd";
import type { ReactNode } from "react";
import type { Tag, TagColour, TagGroup } from "../api/tags";
import { useFormat } from "./useFormat";

/** A tag's own colour, or its group's. */
export function chipColour(tag: Pick<Tag, "colour">, group?: Pick<TagGroup, "colour">): string {
  const colour: TagColour = tag.colour ?? group?.colour ?? "grey";
  return colour === "grey" ? "default" : colour;
}

interface Props {
  tag: Tag;
  group: TagGroup | undefined;
  extra?: ReactNode;
}

export function TagChip({ tag, group, extra }: Props) {
  const format = useFormat();
  return (
    <Chip color={chipColour(tag, group)} variant="filled" style={{ margin: 0 }}>
      {format.text(tag.name)}
      {extra}
    </Chip>
  );
}
