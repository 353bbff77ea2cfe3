import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OfferPreview, OfferStatus } from "./types";

export interface Written {
  id: string;
  version: number;
  status: OfferStatus;
}

export interface ShelfQuery {
  q?: string | undefined;
  status?: OfferStatus | undefined;
  group?: string | undefined;
  limit?: number;
  cursor?: string | undefined;
}

export type LifeVerb = "publish" | "pause" | "end";

/** Promotions, coupon templates and red packet campaigns live the same life: one set of hooks does for all. */
export interface Shelf<Row extends Written, Detail extends Row, Body> {
  name: "promotions" | "coupon-templates" | "red-packet-campaigns";
  /** Where its pages are. */
  path: string;
  list: (query: ShelfQuery, signal: AbortSignal) => Promise<{ items: Row[]; next_cursor: string | null }>;
  read: (id: string, signal: AbortSignal) => Promise<Detail>;
  create: (body: Body) => Promise<Detail>;
  change: (id: string, body: Body & { version: number }) => Promise<Detail>;
  remove: (id: string) => Promise<unknown>;
  preview: (id: string, signal: AbortSignal) => Promise<OfferPreview>;
  act: Record<LifeVerb, (id: string) => Promise<Detail>>;
}

export const useShelf = <Row extends Written, Detail extends Row, Body>(
  shelf: Shelf<Row, Detail, Body>,
  query: ShelfQuery,
  enabled = true,
) =>
  useQuery({
    queryKey: [shelf.name, "list", query],
    queryFn: ({ signal }) => shelf.list(query, signal),
    placeholderData: keepPreviousData,
    enabled,
  });

export const useWritten = <Row extends Written, Detail extends Row, Body>(
  shelf: Shelf<Row, Detail, Body>,
  id: string | undefined,
) =>
  useQuery({
    queryKey: [shelf.name, "one", id],
    queryFn: ({ signal }) => shelf.read(id ?? "", signal),
    enabled: id !== undefined,
  });

export const usePreview = <Row extends Written, Detail extends Row, Body>(
  shelf: Shelf<Row, Detail, Body>,
  id: string,
) =>
  useQuery({
    queryKey: [shelf.name, "preview", id],
    queryFn: ({ signal }) => shelf.preview(id, signal),
    gcTime: 0,
    staleTime: 0,
  });

/** Saves what is new, or changes what was read; the answer is what stands now. */
export function useSave<Row extends Written, Detail extends Row, Body>(shelf: Shelf<Row, Detail, Body>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ before, body }: { before: Written | null; body: Body }) =>
      before ? shelf.change(before.id, { ...body, version: before.version }) : shelf.create(body),
    onSuccess: (saved) => {
      queries.setQueryData([shelf.name, "one", saved.id], saved);
      void queries.invalidateQueries({ queryKey: [shelf.name, "list"] });
    },
  });
}

export function useLife<Row extends Written, Detail extends Row, Body>(shelf: Shelf<Row, Detail, Body>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: LifeVerb }) => shelf.act[verb](id),
    onSuccess: (saved) => {
      queries.setQueryData([shelf.name, "one", saved.id], saved);
      void queries.invalidateQueries({ queryKey: [shelf.name, "list"] });
    },
  });
}

export function useRemove<Row extends Written, Detail extends Row, Body>(shelf: Shelf<Row, Detail, Body>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => shelf.remove(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: [shelf.name, "list"] }),
  });
}
