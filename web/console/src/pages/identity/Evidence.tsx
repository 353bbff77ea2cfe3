import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Proposal } from "../../api/proposals";
import { Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import styles from "./identity.module.css";
import { probability } from "./names";

/** Why two members may be one. */
export function Evidence({ proposal }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { cause, proposed_at, obstacle } = proposal;
  return (
    <Panel
      title={t("identity.why")}
      extra={
        <span className="small muted">
          <When at={proposed_at} />
        </span>
      }
    >
      {cause === "likeness" ? <Alike proposal={proposal} /> : <SeenTogether proposal={proposal} />}
      {obstacle && (
        <p className="small muted" style={{ margin: "6px 0 0" }}>
          {t("identity.obstacle", { reason: format.text(obstacle.message) })}
        </p>
      )}
    </Panel>
  );
}

function SeenTogether({ proposal: { namespaces, cause } }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <>
      <p style={{ margin: "0 0 6px" }}>{t("identity.seenTogether")}</p>
      <span className="cluster">
        {namespaces.map((space) => (
          <Tag key={space} variant="filled">
            {label("namespace", space)}
          </Tag>
        ))}
        <span className="small muted">{label("proposalCause", cause)}</span>
      </span>
    </>
  );
}

/** What of the two was compared, and how much each speaks for one person or against it. */
function Alike({ proposal: { evidence, probability_bps } }: { proposal: Proposal }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const most = Math.max(1, ...evidence.map(({ weight_millis }) => Math.abs(weight_millis)));
  const bits = (millis: number) => `${millis > 0 ? "+" : ""}${format.number(Math.round(millis / 100) / 10)}`;
  return (
    <>
      <p className={styles.lead}>
        {t("identity.probably")}{" "}
        <strong className="num">{probability(probability_bps ?? 0, format.percent)}</strong>
        <span className="small muted"> {t("identity.weightHint")}</span>
      </p>
      <ul className={styles.weights}>
        {evidence.map(({ column, level, weight_millis }) => (
          <li key={column}>
            <span>{label("comparedField", column)}</span>
            <span className="muted">{label("likenessLevel", level)}</span>
            <span className={styles.weight} data-against={weight_millis < 0 || undefined} aria-hidden="true">
              <i style={{ width: `${(50 * Math.abs(weight_millis)) / most}%` }} />
            </span>
            <span className="num">{bits(weight_millis)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
