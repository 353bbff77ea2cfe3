import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Proposal } from "../../api/proposals";
import { Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";

/** Why two members may be one. */
export function Evidence({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const { namespaces, cause, proposed_at, obstacle } = proposal;
  return (
    <Panel
      title={t("identity.why")}
      extra={
        <span className="small muted">
          <When at={proposed_at} />
        </span>
      }
    >
      <p style={{ margin: "0 0 6px" }}>{t("identity.seenTogether")}</p>
      <span className="cluster">
        {namespaces.map((space) => (
          <Tag key={space} variant="filled">
            {label("namespace", space)}
          </Tag>
        ))}
        <span className="small muted">{label("proposalCause", cause)}</span>
      </span>
      {obstacle && (
        <p className="small muted" style={{ margin: "6px 0 0" }}>
          {t("identity.obstacle", { reason: format.text(obstacle.message) })}
        </p>
      )}
    </Panel>
  );
}
