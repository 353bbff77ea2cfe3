import { useTranslation } from "react-i18next";
import { TEMPLATES } from "../../../api/templates";
import type { Template } from "../../../api/types";
import { useFormat } from "../../../parts/useFormat";
import { OfferTile } from "../shelf/OfferTile";
import { ShelfPage } from "../shelf/ShelfPage";
import { useOfferColumns, useSay } from "../shelf/useOfferColumns";

/** What coupons members can hold. */
export default function TemplatesPage() {
  const { t } = useTranslation();
  return (
    <ShelfPage
      shelf={TEMPLATES}
      grouped
      words={{
        title: t("coupons.title"),
        hint: t("coupons.hint"),
        add: t("coupons.add"),
        empty: t("coupons.empty"),
      }}
      useColumns={useColumns}
      card={(row) => <Tile row={row} />}
    />
  );
}

function useColumns(rows: readonly Template[]) {
  const { t } = useTranslation();
  const issued = useIssued();
  return useOfferColumns(TEMPLATES.path, rows, [
    {
      key: "issued",
      title: t("coupons.issuedOf"),
      align: "right",
      render: (_, row) => <span className="num">{issued(row)}</span>,
    },
  ]);
}

/** Coupons given out, of how many there are. */
function useIssued() {
  const format = useFormat();
  return ({ issued, stock }: Template) =>
    stock == null ? format.number(issued) : `${format.number(issued)} / ${format.number(stock)}`;
}

function Tile({ row }: { row: Template }) {
  const { t } = useTranslation();
  const say = useSay([row]);
  const issued = useIssued();
  return <OfferTile row={row} says={say.headline(row)} foot={`${t("coupons.issuedOf")} ${issued(row)}`} />;
}
