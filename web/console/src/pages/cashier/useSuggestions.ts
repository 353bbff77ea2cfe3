import { useEffect, useState } from "react";
import { useProducts } from "../../api/catalog";
import type { Product } from "../../api/types";
import { readEntry } from "./entry";

const PAUSE_MS = 120;
const SHORTEST = 2;
const AT_MOST = 8;

/** Products that fit what is being typed. A scanner is faster than the pause, so it never sees them. */
export function useSuggestions(typed: string, wanted: boolean): { text: string; products: Product[] } {
  const text = wanted ? readEntry(typed).text : "";
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const asks = settled.length >= SHORTEST && settled === text;
  const found = useProducts({ q: settled, limit: AT_MOST }, asks);
  return { text: settled, products: asks && !found.isPlaceholderData ? (found.data?.items ?? []) : [] };
}
