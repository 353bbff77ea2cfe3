import { useState } from "react";

interface Trail {
  for: string;
  cursors: string[];
}

/**
 * Walks a cursor-paged list forward and back. `of` is whatever the list depends on: when it
 * changes, the walk starts over, for a cursor means nothing under other filters.
 */
export function useCursor(of: unknown) {
  const key = JSON.stringify(of);
  const [trail, setTrail] = useState<Trail>({ for: key, cursors: [] });
  const cursors = trail.for === key ? trail.cursors : [];
  return {
    cursor: cursors.at(-1),
    page: cursors.length,
    next: (cursor: string) => setTrail({ for: key, cursors: [...cursors, cursor] }),
    previous: () => setTrail({ for: key, cursors: cursors.slice(0, -1) }),
  };
}

export type Cursor = ReturnType<typeof useCursor>;
