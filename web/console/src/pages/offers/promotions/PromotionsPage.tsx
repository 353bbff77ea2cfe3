import { useTranslation } from "react-i18next";
import { PROMOTIONS } from "../../../api/promotions";
import type { Promotion } from "../../../api/types";
import { useFormat } from "../../../parts/useFormat";
import { OfferTile } from "../shelf/OfferTile";
import { ShelfPage } from "../shelf/ShelfPage";
import { useOfferColumns, useSay } from "../shelf/useOfferColumns";

/** Promotions everybody meets. */
export default function PromotionsPage() {
  const { t } = useTranslation();
  return (
    <ShelfPage
      shelf={PROMOTIONS}
      grouped
      words={{
        title: t("promotions.title"),
        hint: t("promotions.hint"),
        add: t("promotions.add"),
        empty: t("promotions.empty"),
      }}
      useColumns={useColumns}
      card={(row) => <Tile row={row} />}
    />
  );
}

function useColumns(rows: readonly Promotion[]) {
  const { t } = useTranslation();
  const used = useUsed();
  return useOfferColumns(PROMOTIONS.path, rows, [
    {
      key: "used",
      title: t("offers.used"),
      align: "right",
      render: (_, row) => <span className="num">{used(row) ?? <span className="muted">—</span>}</span>,
    },
  ]);
}

/** Uses, or money, out of what there is in all. */
function useUsed() {
  const format = useFormat();
  return ({ limits, uses, spent_minor }: Promotion) => {
    if (limits?.uses != null) return `${format.number(uses ?? 0)} / ${format.number(limits.uses)}`;
    if (limits?.budget_minor == null) return null;
    return `${format.money(spent_minor ?? 0)} / ${format.money(limits.budget_minor)}`;
  };
}

function Tile({ row }: { row: Promotion }) {
  const say = useSay([row]);
  const used = useUsed();
  return <OfferTile row={row} says={say.headline(row)} foot={used(row) ?? say.window(row)} />;
}
