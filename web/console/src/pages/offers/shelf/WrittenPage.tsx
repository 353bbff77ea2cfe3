import type { ComponentType } from "react";
import { useParams } from "react-router";
import { type Shelf, useWritten, type Written } from "../../../api/shelf";
import { PageSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";

interface Props<Row extends Written, Detail extends Row, Body> {
  shelf: Shelf<Row, Detail, Body>;
  editor: ComponentType<{ before: Detail | null }>;
}

/** The page of what is written under the id in its address, or of something new. */
export function WrittenPage<Row extends Written, Detail extends Row, Body>({
  shelf,
  editor: Editor,
}: Props<Row, Detail, Body>) {
  const { id } = useParams();
  const found = useWritten(shelf, id === "new" ? undefined : id);
  if (id === "new") return <Editor key="new" before={null} />;
  if (found.isPending) return <PageSkeleton />;
  if (found.error) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  return <Editor key={id} before={found.data} />;
}
