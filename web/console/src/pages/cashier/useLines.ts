import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Product } from "../../api/types";
import type { BasketLine } from "./basket";
import { isCardNumber, mayBeCoupon, quantityFault, readEntry, readSetQuantity } from "./entry";
import { lookUp } from "./lookUp";
import type { Desk } from "./useDesk";

/** Goods in the basket: found, counted, taken out again. */
export function useLines(
  desk: Desk,
  locked: boolean,
  onCard: (number: string) => void,
  onCoupon: (code: string, onNone: () => void) => void,
) {
  const { t } = useTranslation();
  const { basket, move, say, type } = desk;
  const [lost, setLost] = useState<string[]>([]);

  function add(product: Product, quantity: string): boolean {
    const fault = quantityFault(quantity, product.sold_by);
    if (fault) return say(t(`cashier.find.${fault}`, { name: product.name }));
    move({ type: "added", product, quantity });
    return true;
  }

  /** A product taken from the suggestions. */
  function pick(product: Product): void {
    if (add(product, readEntry(desk.text).quantity ?? "1")) type("");
  }

  function setQuantity(index: number, quantity: string): void {
    const line: BasketLine | undefined = basket.lines[index];
    if (!line || locked) return;
    const fault = quantityFault(quantity, line.product.sold_by);
    if (fault) say(t(`cashier.find.${fault}`, { name: line.product.name }));
    else move({ type: "quantity", index, quantity });
  }

  /** One more or one less of a line by piece; the last one less takes the line away. */
  function step(index: number, by: 1 | -1): void {
    const line = basket.lines[index];
    if (!line || locked || line.product.sold_by === "measure") return;
    const next = Number(line.quantity) + by;
    if (next <= 0) move({ type: "removed", index });
    else setQuantity(index, String(next));
  }

  /** A scan that came to nothing stays in sight until it is dismissed: the goods are in the bag. */
  const lose = (wanted: string) =>
    setLost((before) => [...before.filter((other) => other !== wanted), wanted]);

  function find(entered: string): void {
    const { quantity, text: wanted } = readEntry(entered);
    if (wanted === "") return;
    type("");
    desk.enqueue(async () => {
      const found = await lookUp(wanted);
      if (found.kind === "product") add(found.product, quantity ?? "1");
      else if (found.kind === "member") move({ type: "member", member: found.member });
      else if (isCardNumber(wanted)) onCard(wanted);
      else if (mayBeCoupon(wanted)) onCoupon(wanted, () => lose(wanted));
      else lose(wanted);
    });
  }

  /** `*3` sets the chosen line; anything else is looked for. */
  function submit(entered: string): void {
    const quantity = readSetQuantity(entered);
    if (quantity === null) {
      find(entered);
    } else {
      type("");
      setQuantity(basket.chosen, quantity);
    }
  }

  return {
    lost,
    forget: () => setLost([]),
    pick,
    step,
    submit,
    choose: (index: number) => move({ type: "chosen", index }),
    remove: (index: number) => !locked && move({ type: "removed", index }),
  };
}
