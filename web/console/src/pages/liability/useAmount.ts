import { useFormat } from "../../parts/useFormat";

type Asset = "points" | "points_owed" | "growth" | "stored_principal" | "stored_bonus" | "red_packet";

/** An amount of an asset as people write it: points are counted, all else is money. */
export function useAmount() {
  const format = useFormat();
  return (asset: Asset, amount: number, short = false): string => {
    if (asset.startsWith("points") || asset === "growth") {
      return short ? format.short(amount) : format.number(amount);
    }
    return format.money(amount, { short });
  };
}
