import type { MoneyStyle } from "./format";
import { useFormat } from "./useFormat";

interface Props extends MoneyStyle {
  minor: number | null | undefined;
  muted?: boolean;
}

/** An amount in the merchant's currency, in figures of equal width. */
export function Money({ minor, muted, ...style }: Props) {
  const format = useFormat();
  if (minor === null || minor === undefined) return <span className="muted">—</span>;
  return <span className={muted ? "num muted" : "num"}>{format.money(minor, style)}</span>;
}
