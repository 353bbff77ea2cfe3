import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Insight } from "../../api/types";
import { Money } from "../../parts/Money";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { useFormat } from "../../parts/useFormat";
import styles from "./Insights.module.css";

export function Favourites({ insight }: { insight: Insight | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("member.favourites.title")}>
      {!insight ? (
        <BlockSkeleton lines={6} />
      ) : insight.favourite_categories.length === 0 ? (
        <p className="muted">{t("member.favourites.empty")}</p>
      ) : (
        <ol className={styles.list}>
          {insight.favourite_categories.map(({ category, net_minor, orders, share_bps }) => (
            <li key={category?.id ?? "none"}>
              <span className="ellipsis">{category?.name ?? "—"}</span>
              <span className="muted small num">
                {t("member.favourites.orders", { count: orders })} · {format.percent(share_bps)}
              </span>
              <Money minor={net_minor} />
              <span className={styles.bar} style={{ width: `${share_bps / 100}%` }} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

export function Campaigns({ insight }: { insight: Insight | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("member.campaigns.title")}>
      {!insight ? (
        <BlockSkeleton lines={6} />
      ) : insight.campaigns.length === 0 ? (
        <p className="muted">{t("member.campaigns.empty")}</p>
      ) : (
        <ul className={styles.campaigns}>
          {insight.campaigns.map((campaign) => (
            <li key={campaign.id}>
              <span className="cluster">
                {t("member.campaigns.code", { code: campaign.code })}
                <Tag variant="filled">{campaign.kind}</Tag>
              </span>
              <span className={campaign.redemptions > 0 ? styles.used : "muted"}>
                {campaign.redemptions > 0
                  ? t("member.campaigns.redeemed", { count: campaign.redemptions })
                  : t("member.campaigns.unused")}
              </span>
              <span className="muted small num">
                {format.day(campaign.starts_on)} – {format.day(campaign.ends_on)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
