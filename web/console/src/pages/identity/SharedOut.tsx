import { useTranslation } from "react-i18next";
import type { Moving, SharedOut as Share } from "../../api/identity";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./identity.module.css";

const COUNTED = ["points", "growth", "points_owed"];

/** What an undone merge gives back of each asset, what was spent meanwhile, and what came in her name since. */
export function SharedOut({ assets, later }: { assets: Share[]; later: Moving[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const amount = (asset: string, value: number) =>
    COUNTED.includes(asset) ? format.number(value) : format.money(value);
  const orders = later.find(({ table }) => table === "orders")?.rows ?? 0;
  const shown = assets.filter(
    ({ back, moved, spent, spent_by_her }) => back || moved || spent || spent_by_her,
  );
  if (shown.length === 0 && orders === 0) return null;
  return (
    <ul className={styles.shares}>
      {shown.map(({ asset, back, moved, spent, spent_by_her }) => (
        <li key={asset}>
          {t("identity.givenBack", { asset: label("asset", asset), amount: amount(asset, back + moved) })}
          {spent > 0 && (
            <span className="muted"> {t("identity.spent", { amount: amount(asset, spent) })}</span>
          )}
          {spent_by_her > 0 && (
            <span className="muted">
              {" "}
              {t("identity.spentByHer", { amount: amount(asset, spent_by_her) })}
            </span>
          )}
        </li>
      ))}
      {orders > 0 && <li>{t("identity.laterOrders", { count: orders })}</li>}
    </ul>
  );
}
