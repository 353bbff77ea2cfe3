import {
  type Identifier,
  type Key,
  type MemberIdentities,
  type NamedMember,
  SPACES,
  type Together,
  type Visitor,
} from "../../../api/identity";

/** How many of a kind are drawn; the list has all. Of ids that only programs know, fewer. */
const SHOWN = 4;
const FEW = 2;
const OF_PROGRAMS: readonly string[] = ["device", "anonymous_id"];
const WIDTH = 216;
const HEIGHT = 52;
const GAP = 10;
const COLUMN = WIDTH + 84;

export type Said =
  | { kind: "self"; name: string }
  | { kind: "identifier"; identifier: Identifier }
  | { kind: "member"; id: string; named: NamedMember | undefined }
  | { kind: "visitor"; visitor: Visitor }
  | { kind: "dropped"; key: Key; reason: string }
  | { kind: "more"; count: number };

export interface Placed {
  id: string;
  said: Said;
  x: number;
  y: number;
}

export interface Line {
  from: string;
  to: string;
  dropped: boolean;
}

export interface Graph {
  nodes: Placed[];
  lines: Line[];
  width: number;
  height: number;
}

export const SIZE = { width: WIDTH, height: HEIGHT };

export const idOf = ({ namespace, index }: Key): string => `${namespace}:${index}`;

/** A member's id and a visitor's are the same number, spelled differently. */
const numberOf = (id: string): string => id.replace(/^mem_/, "").replaceAll("-", "");

/** The visitor or the member under whom an identifier came; null where it has been hers from the beginning. */
export function cameWith({ came_as }: Identifier, { visitors, absorbed }: MemberIdentities) {
  if (came_as === null) return null;
  if (absorbed.includes(came_as)) return { kind: "member", id: came_as } as const;
  const visitor = visitors.find(({ person }) => numberOf(person) === numberOf(came_as));
  return visitor ? ({ kind: "visitor", visitor } as const) : null;
}

const place = (namespace: string): number => {
  const found = (SPACES as readonly string[]).indexOf(namespace);
  return found < 0 ? SPACES.length : found;
};

/** Strongest namespace first, within one the identifier that her page shows. */
export const inOrder = (identifiers: Identifier[]): Identifier[] =>
  [...identifiers].sort(
    (one, other) =>
      place(one.key.namespace) - place(other.key.namespace) ||
      Number(other.main) - Number(one.main) ||
      one.first_seen_at.localeCompare(other.first_seen_at),
  );

/** Those with whom an identifier was seen. */
export const seenWith = (id: string, sightings: Together[]): Together[] =>
  sightings.filter(({ keys }) => keys.some((key) => idOf(key) === id));

/** What was left out of a sighting and is not hers: with which of her identifiers it was seen. */
function leftOut({ identifiers, sightings }: MemberIdentities) {
  const hers = new Set(identifiers.map(({ key }) => idOf(key)));
  const found = new Map<string, { key: Key; reason: string; with: string | undefined }>();
  for (const { keys, dropped } of sightings) {
    const beside = keys.map(idOf).find((id) => hers.has(id) && !dropped.some(({ key }) => idOf(key) === id));
    for (const { key, reason } of dropped) {
      if (!hers.has(idOf(key))) found.set(idOf(key), { key, reason, with: beside });
    }
  }
  return [...found.values()];
}

/** Columns from left to right: what was left out, identifiers, under whom they came, and herself. */
export function graphOf(found: MemberIdentities, named: Map<string, NamedMember>, name: string): Graph {
  const out = leftOut(found);
  const others: Said[] = [
    ...found.absorbed.map((id): Said => ({ kind: "member", id, named: named.get(id) })),
    ...found.visitors.map((visitor): Said => ({ kind: "visitor", visitor })),
  ];
  const columns: { id: string; said: Said }[][] = [
    capped(
      out.map(({ key, reason }) => ({ id: idOf(key), said: { kind: "dropped", key, reason } })),
      "out",
    ),
    bySpace(inOrder(found.identifiers)),
    capped(
      others.map((said) => ({ id: otherId(said), said })),
      "others",
    ),
    [{ id: "self", said: { kind: "self", name } }],
  ].filter((column) => column.length > 0) as { id: string; said: Said }[][];
  const tallest = Math.max(...columns.map(heightOf));
  const nodes = columns.flatMap((column, at) =>
    column.map((node, row) => ({
      ...node,
      x: at * COLUMN,
      y: (tallest - heightOf(column)) / 2 + row * (HEIGHT + GAP),
    })),
  );
  const drawn = new Set(nodes.map(({ id }) => id));
  const lines = [
    ...out.map((each) => ({ from: idOf(each.key), to: each.with ?? "", dropped: true })),
    ...found.identifiers.map((each) => {
      const came = cameWith(each, found);
      const id = came === null ? "self" : came.kind === "member" ? came.id : came.visitor.person;
      return { from: idOf(each.key), to: drawn.has(id) ? id : "self", dropped: false };
    }),
    ...nodes
      .filter(({ id, said }) => isOther(said) || (said.kind === "more" && id !== "more-out"))
      .map(({ id }) => ({ from: id, to: "self", dropped: false })),
  ].filter(({ from, to }) => drawn.has(from) && drawn.has(to));
  return { nodes, lines, width: columns.length * COLUMN, height: tallest };
}

const isOther = ({ kind }: Said): boolean => kind === "member" || kind === "visitor";

const otherId = (said: Said): string =>
  said.kind === "member" ? said.id : said.kind === "visitor" ? said.visitor.person : "self";

const heightOf = (column: unknown[]): number => column.length * (HEIGHT + GAP) - GAP;

function capped(
  column: { id: string; said: Said }[],
  name: string,
  shown = SHOWN,
): { id: string; said: Said }[] {
  const left = column.length - shown;
  if (left < 2) return column;
  return [...column.slice(0, shown), { id: `more-${name}`, said: { kind: "more", count: left } }];
}

function bySpace(identifiers: Identifier[]): { id: string; said: Said }[] {
  const spaces = [...new Set(identifiers.map(({ key }) => key.namespace))];
  return spaces.flatMap((space) =>
    capped(
      identifiers
        .filter(({ key }) => key.namespace === space)
        .map((identifier) => ({
          id: idOf(identifier.key),
          said: { kind: "identifier", identifier } as const,
        })),
      space,
      OF_PROGRAMS.includes(space) ? FEW : SHOWN,
    ),
  );
}
