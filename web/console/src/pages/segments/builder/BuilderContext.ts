import { createContext } from "react";

interface Marks {
  /** What the server says about a condition, by its id. */
  problems: ReadonlyMap<string, string[]>;
  /** Conditions that are not filled in yet. */
  open: ReadonlySet<string>;
  /** Whether saving was tried: then what is missing is marked. */
  asked: boolean;
}

export const BuilderContext = createContext<Marks>({ problems: new Map(), open: new Set(), asked: false });
