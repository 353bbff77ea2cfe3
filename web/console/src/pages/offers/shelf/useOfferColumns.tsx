import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OfferKind, OfferStatus } from "../../../api/types";
import { currentLanguage } from "../../../app/i18n";
import type { Column } from "../../../parts/DataList";
import { OfferStatusTag } from "../../../parts/OfferStatusTag";
import { useFormat } from "../../../parts/useFormat";
import { useSpeakers } from "../../../parts/useSpeakers";
import { When } from "../../../parts/When";
import styles from "../offers.module.css";
import { windowWords } from "../sentence/conditions";
import { sayOffer } from "../sentence/offer";
import { useGroupName } from "../terms/GroupSelect";
import type { NameValue, OfferValues } from "../terms/values";
import { useNames } from "../useNames";

export interface OfferRow {
  id: string;
  code: string;
  name: NameValue;
  status: OfferStatus;
  kind?: OfferKind | null;
  updated_at: string;
}

export function useNameOf() {
  const format = useFormat();
  return ({ name, code }: { name: NameValue; code: string }) =>
    format.text({ zh: name.zh ?? "", en: name.en ?? "" }) || name.zh || name.en || code;
}

/** What an offer says, in the language of the page. */
export function useSay(rows: readonly OfferRow[]) {
  const { names } = useNames(rows as readonly OfferValues[]);
  const speaker = useSpeakers().find(({ language }) => language === currentLanguage());
  return {
    headline: (row: OfferRow) => (speaker ? sayOffer(row as OfferValues, speaker, names).headline : ""),
    window: (row: OfferRow) =>
      speaker ? windowWords((row as OfferValues).conditions?.window, speaker).join(" · ") : "",
  };
}

/** The columns that promotions and coupon templates have in common. */
export function useOfferColumns<Row extends OfferRow>(
  path: string,
  rows: readonly Row[],
  middle: Column<Row>[],
): Column<Row>[] {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const groupName = useGroupName();
  const say = useSay(rows);
  return [
    {
      key: "name",
      title: t("offers.column.name"),
      fixed: "left",
      render: (_, row) => (
        <div>
          <Link to={`${path}/${row.id}`}>{nameOf(row)}</Link>
          <div className="muted small mono">{row.code}</div>
        </div>
      ),
    },
    {
      key: "what",
      title: t("offers.column.what"),
      render: (_, row) => (
        <div>
          <span className={styles.headline} title={say.headline(row)}>
            {say.headline(row)}
          </span>
          <span className="muted small">{say.window(row)}</span>
        </div>
      ),
    },
    {
      key: "kind",
      title: t("offers.column.kind"),
      render: (_, row) => (row.kind ? <Tag variant="filled">{t(`offer.kind.${row.kind}`)}</Tag> : "—"),
    },
    {
      key: "group",
      title: t("offer.group"),
      render: (_, row) => groupName((row as OfferValues).group ?? "default"),
    },
    ...middle,
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
