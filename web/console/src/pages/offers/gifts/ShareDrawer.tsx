import { Descriptions, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type PacketClaim, useSharedPacket } from "../../../api/gifts";
import { MemberLink } from "../../../parts/MemberLink";
import { Money } from "../../../parts/Money";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { When } from "../../../parts/When";
import styles from "./gifts.module.css";
import { ShareTag } from "./SharesTab";

/** A packet that friends share: how it stands, and who took how much. */
export function ShareDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useSharedPacket(id);
  const rest = data ? data.total_minor - data.taken_minor : 0;
  return (
    <Drawer open onClose={onClose} size={480} title={t("gifts.share.title")}>
      {error ? (
        <ErrorState error={error} onRetry={() => refetch()} />
      ) : data ? (
        <div className={styles.stack}>
          <Panel>
            <Descriptions
              colon={false}
              column={1}
              size="small"
              items={[
                {
                  key: "campaign",
                  label: t("gifts.column.campaign"),
                  children: (
                    <Link to={`/red-packets/${data.campaign.id}`}>
                      {format.text(data.campaign.name) || data.campaign.code}
                    </Link>
                  ),
                },
                {
                  key: "who",
                  label: t("gifts.column.opener"),
                  children: <MemberLink member={data.member} />,
                },
                {
                  key: "status",
                  label: t("gifts.column.status"),
                  children: <ShareTag status={data.status} />,
                },
                {
                  key: "total",
                  label: t("gifts.column.total"),
                  children: <Money minor={data.total_minor} />,
                },
                {
                  key: "rest",
                  label: t(data.status === "over" ? "gifts.share.back" : "gifts.share.rest"),
                  children: <Money minor={rest} muted={rest === 0} />,
                },
                { key: "at", label: t("gifts.column.opened"), children: <When at={data.opened_at} /> },
                { key: "until", label: t("gifts.column.until"), children: <When at={data.expires_at} /> },
              ]}
            />
          </Panel>
          <Panel title={t("gifts.share.claims", { taken: data.taken, parts: data.parts })}>
            {data.claims.length === 0 ? (
              <span className="muted">{t("gifts.share.none")}</span>
            ) : (
              <ol className={styles.claims}>
                {data.claims.map((claim) => (
                  <Claim key={claim.part} claim={claim} />
                ))}
              </ol>
            )}
          </Panel>
        </div>
      ) : (
        <BlockSkeleton lines={8} />
      )}
    </Drawer>
  );
}

function Claim({ claim }: { claim: PacketClaim }) {
  return (
    <li className="spread">
      <span>
        <MemberLink member={claim.member} />
        <br />
        <span className="small muted">
          <When at={claim.claimed_at} />
        </span>
      </span>
      <Money minor={claim.amount_minor} />
    </li>
  );
}
