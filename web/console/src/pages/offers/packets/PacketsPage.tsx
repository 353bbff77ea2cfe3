import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PACKETS } from "../../../api/packets";
import type { PacketCampaign } from "../../../api/types";
import { currentLanguage } from "../../../app/i18n";
import type { Column } from "../../../parts/DataList";
import { OfferStatusTag } from "../../../parts/OfferStatusTag";
import { useFormat } from "../../../parts/useFormat";
import { useSpeakers } from "../../../parts/useSpeakers";
import { When } from "../../../parts/When";
import styles from "../offers.module.css";
import { OfferTile } from "../shelf/OfferTile";
import { ShelfPage } from "../shelf/ShelfPage";
import { useNameOf } from "../shelf/useOfferColumns";
import { sayPacket } from "./sayPacket";
import type { PacketValues } from "./values";

/** Campaigns that give money for the next purchase. */
export default function PacketsPage() {
  const { t } = useTranslation();
  return (
    <ShelfPage
      shelf={PACKETS}
      words={{
        title: t("packets.title"),
        hint: t("packets.hint"),
        add: t("packets.add"),
        empty: t("packets.empty"),
      }}
      useColumns={useColumns}
      card={(row) => <Tile row={row} />}
    />
  );
}

function useSayPacket() {
  const speaker = useSpeakers().find(({ language }) => language === currentLanguage());
  return (row: PacketCampaign) => (speaker ? sayPacket(row as PacketValues, speaker).headline : "");
}

function useSpent() {
  const format = useFormat();
  return ({ spent_minor, budget_minor }: PacketCampaign) =>
    budget_minor == null ? null : `${format.money(spent_minor ?? 0)} / ${format.money(budget_minor)}`;
}

function useColumns(): Column<PacketCampaign>[] {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const say = useSayPacket();
  const spent = useSpent();
  return [
    {
      key: "name",
      title: t("offers.column.name"),
      render: (_, row) => (
        <div>
          <Link to={`${PACKETS.path}/${row.id}`}>{nameOf(row)}</Link>
          <div className="muted small mono">{row.code}</div>
        </div>
      ),
    },
    {
      key: "what",
      title: t("offers.column.what"),
      render: (_, row) => <span className={styles.headline}>{say(row)}</span>,
    },
    {
      key: "kind",
      title: t("offers.column.kind"),
      render: (_, row) => <Tag variant="filled">{t(`packets.kind.${row.kind ?? "activation"}`)}</Tag>,
    },
    {
      key: "spent",
      title: t("packets.spent"),
      align: "right",
      render: (_, row) => <span className="num">{spent(row) ?? <span className="muted">—</span>}</span>,
    },
    {
      key: "status",
      title: t("offers.column.status"),
      render: (_, row) => <OfferStatusTag status={row.status} />,
    },
    {
      key: "updated",
      title: t("offers.column.updated"),
      render: (_, row) => <When at={row.updated_at} show="date" />,
    },
  ];
}

function Tile({ row }: { row: PacketCampaign }) {
  const say = useSayPacket();
  const spent = useSpent();
  return <OfferTile row={row} says={say(row)} foot={spent(row)} />;
}
