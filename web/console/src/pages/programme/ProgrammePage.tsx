import { Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useProgramme } from "../../api/settings";
import type { Programme } from "../../api/types";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./ProgrammePage.module.css";

/** What members get and how they come by it. Read-only for now. */
export default function ProgrammePage() {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useProgramme();
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return (
    <>
      <PageHeader
        title={t("programme.title")}
        hint={`${t("programme.hint", { months: data.growth_window_months })} ${t("programme.readOnly")}`}
      />
      <div className={styles.tiers}>
        {data.tiers.map((tier) => (
          <Tier key={tier.id} tier={tier} />
        ))}
      </div>
      <div className={styles.pair}>
        <EarnRules rules={data.earn_rules} />
        <Points points={data.points} />
      </div>
    </>
  );
}

function Tier({ tier }: { tier: Programme["tiers"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const members = t("programme.members");
  const facts = [
    [t("programme.threshold"), format.number(tier.threshold_growth)],
    [
      t("programme.discount"),
      tier.discount_bps > 0
        ? t("programme.off", { percent: format.percent(tier.discount_bps) })
        : t("programme.noDiscount"),
    ],
    [
      t("programme.multiplier"),
      t("programme.times", { value: format.number(tier.points_multiplier_bps / 10_000) }),
    ],
  ] as const;
  return (
    <section className={styles.tier}>
      <TierBadge tier={tier} />
      <strong className="num">
        {can("members.read") ? (
          <Link to={`/members?tier_id=${tier.id}`}>{format.number(tier.members)}</Link>
        ) : (
          format.number(tier.members)
        )}
        <small>{members}</small>
      </strong>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name} className="spread">
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function EarnRules({ rules }: { rules: Programme["earn_rules"] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  return (
    <Panel title={t("programme.rules")}>
      <ul className={styles.rules}>
        {rules.map((rule) => (
          <li key={rule.id}>
            {t("programme.rule", {
              amount: format.money(rule.per_minor),
              grants: format.number(rule.amount),
              asset: label("asset", rule.asset),
            })}
            {rule.expiry_months !== null && (
              <span className="muted small"> · {t("programme.months", { count: rule.expiry_months })}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Points({ points }: { points: Programme["points"] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  return (
    <Panel title={label("asset", "points")}>
      <Descriptions
        colon={false}
        column={1}
        size="small"
        items={[
          {
            key: "worth",
            label: t("programme.worth"),
            children: t("programme.worthValue", {
              points: format.number(points.points_per_unit),
              amount: format.money(points.unit_minor),
            }),
          },
          { key: "share", label: t("programme.maxShare"), children: format.percent(points.max_share_bps) },
          {
            key: "expiry",
            label: t("programme.expiry"),
            children:
              points.expiry_months === null
                ? t("programme.noExpiry")
                : t("programme.months", { count: points.expiry_months }),
          },
        ]}
      />
    </Panel>
  );
}
