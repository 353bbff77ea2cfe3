import { useEffect, useReducer } from "react";
import { type Basket, basketReducer, EMPTY } from "./basket";

function restored(stored: string): Basket {
  try {
    const text = sessionStorage.getItem(stored);
    return text === null ? EMPTY : { ...EMPTY, ...(JSON.parse(text) as Basket) };
  } catch {
    return EMPTY;
  }
}

/** A person's basket survives a reload of the page, an unfinished payment above all. */
export function useBasket(accountId: string) {
  const stored = `shuke.basket.${accountId}`;
  const [basket, move] = useReducer(basketReducer, stored, restored);
  useEffect(() => {
    sessionStorage.setItem(stored, JSON.stringify(basket));
  }, [stored, basket]);
  return { basket, move };
}
