import { createContext, useContext } from "react";
import type { StoreRef } from "../../../api/types";
import type { SaidDocument } from "../say/words";
import type { Wrong } from "./problems";

/** What every part of the editor knows: what is wrong where, and what things are called. */
interface Drafting {
  wrongs: readonly Wrong[];
  /** The field that was asked for. */
  focus: string | null;
  said: SaidDocument;
  products: readonly { id: string; name: string }[];
  stores: readonly StoreRef[];
  /** The item that is open, within the section in sight. */
  open: number | null;
  onOpen: (index: number | null) => void;
  onTouch: () => void;
}

export const DraftContext = createContext<Drafting | null>(null);

export function useDrafting(): Drafting {
  const drafting = useContext(DraftContext);
  if (!drafting) throw new Error("not within a draft");
  return drafting;
}
