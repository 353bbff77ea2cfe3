import { useCallback, useRef, useState } from "react";
import { useProblemWords } from "../../parts/states";
import type { Basket, Move } from "./basket";
import { useBasket } from "./useBasket";

export interface Note {
  words: string;
  /** Something to know, not something that went wrong. */
  good?: boolean;
}

/** What everything at the till shares: the basket, the one input, and what is said below it. */
export interface Desk {
  storeId: string | undefined;
  basket: Basket;
  move: (move: Move) => void;
  text: string;
  /** Puts text into the input; what was said about the text before is forgotten. */
  type: (text: string) => void;
  /** Says why something cannot be. */
  say: (words: string) => false;
  tell: (words: string) => void;
  refuse: (problem: unknown) => void;
  /** Scans are worked off one after the other; nothing in `work` may touch the input. */
  enqueue: (work: () => Promise<void>) => void;
}

export function useDesk(storeId: string | undefined, accountId: string) {
  const problemWords = useProblemWords();
  const { basket, move } = useBasket(accountId);
  const [text, setText] = useState("");
  const [note, setNote] = useState<Note | null>(null);
  const queue = useRef(Promise.resolve());

  const type = useCallback((next: string) => {
    setText(next);
    setNote(null);
  }, []);
  const refuse = (problem: unknown) => setNote({ words: problemWords(problem).detail });
  const desk: Desk = {
    storeId,
    basket,
    move,
    text,
    type,
    say: (words) => {
      setNote({ words });
      return false;
    },
    tell: (words) => setNote({ words, good: true }),
    refuse,
    enqueue: (work) => {
      queue.current = queue.current.then(work).catch(refuse);
    },
  };
  return { desk, note };
}
