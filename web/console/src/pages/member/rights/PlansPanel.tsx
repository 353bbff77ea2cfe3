import { Button, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAutoRenew, useSavings, useSubscriptions } from "../../../api/rights";
import type { PlanSavings, Subscription } from "../../../api/types";
import { useCan } from "../../../app/session";
import { Definition, Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { CancelPlan } from "./CancelPlan";
import { OpenPlan } from "./OpenPlan";
import { RenewPlan } from "./RenewPlan";
import styles from "./rights.module.css";
import { UpgradePlan } from "./UpgradePlan";
import { usePlans } from "./usePlans";

/** The plans she has and had; sold, renewed, upgraded and cancelled here. */
export function PlansPanel({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const { plans } = usePlans();
  const [opening, setOpening] = useState(false);
  const query = useSubscriptions(memberId);
  const items = query.data?.items ?? [];
  const savings = new Map(useSavings(memberId).data?.items.map((each) => [each.subscription_id, each]));
  const active = items.filter(({ status }) => status === "active");
  const past = items.filter(({ status }) => status !== "active");
  const open = plans.filter(
    (plan) => plan.on_sale !== false && !active.some((held) => held.plan === plan.code),
  );
  return (
    <Panel
      title={t("rights.plan.title")}
      extra={
        can("orders.write") &&
        open.length > 0 && (
          <Button size="small" onClick={() => setOpening(true)}>
            {t("rights.plan.open")}
          </Button>
        )
      }
    >
      {query.isPending && <BlockSkeleton lines={3} />}
      {query.error && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.data && active.length === 0 && (
        <span className="muted">{t(open.length > 0 ? "rights.plan.none" : "rights.plan.noPlans")}</span>
      )}
      <ul className={styles.list}>
        {active.map((held) => (
          <ActivePlan key={held.id} held={held} saved={savings.get(held.id)} />
        ))}
        {past.map((held) => (
          <PastPlan key={held.id} held={held} saved={savings.get(held.id)} />
        ))}
      </ul>
      {opening && <OpenPlan memberId={memberId} plans={open} onClose={() => setOpening(false)} />}
    </Panel>
  );
}

type Doing = "renew" | "upgrade" | "cancel" | null;

type Held = { held: Subscription; saved: PlanSavings | undefined };

function Saved({ saved }: { saved: PlanSavings | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!saved) return null;
  const sums = { saved: format.money(saved.saved_minor), paid: format.money(saved.paid_minor) };
  return (
    <p>
      {t("rights.plan.saved", sums)} <Definition text={t("rights.plan.savedHint")} />
    </p>
  );
}

function ActivePlan({ held, saved }: Held) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { plans, planOf } = usePlans();
  const autoRenew = useAutoRenew(held.id);
  const [doing, setDoing] = useState<Doing>(null);
  const plan = planOf(held.plan);
  const higher = plans.filter((one) => plan && (one.rank ?? 0) > (plan.rank ?? 0) && one.on_sale !== false);
  const close = () => setDoing(null);
  const sells = can("orders.write");
  return (
    <li>
      <div>
        <span className="cluster">
          <strong>{format.text(held.name) || held.plan}</strong>
          {held.trial && (
            <Tag variant="filled" color="processing">
              {t("rights.plan.trial")}
            </Tag>
          )}
        </span>
        <p>
          {t("rights.plan.until", { from: format.day(held.period_from), until: format.day(held.ends_on) })}
          {" · "}
          {t("rights.plan.paid", { amount: format.money(held.paid_minor) })}
        </p>
        <Saved saved={saved} />
        <p>
          <Switch
            size="small"
            checked={held.auto_renew}
            disabled={!sells}
            loading={autoRenew.isPending}
            aria-label={t("rights.plan.autoRenew")}
            onChange={(wanted) => autoRenew.mutate(wanted)}
          />{" "}
          {t("rights.plan.autoRenew")} <Definition text={t("rights.plan.autoRenewHint")} />
        </p>
      </div>
      <span className="cluster">
        {sells && plan && plan.on_sale !== false && (
          <Button size="small" onClick={() => setDoing("renew")}>
            {t("rights.plan.renew")}
          </Button>
        )}
        {sells && higher.length > 0 && (
          <Button size="small" onClick={() => setDoing("upgrade")}>
            {t("rights.plan.upgrade")}
          </Button>
        )}
        {can("orders.refund") && (
          <Button size="small" type="text" danger onClick={() => setDoing("cancel")}>
            {t("rights.plan.cancel")}
          </Button>
        )}
      </span>
      {doing === "renew" && plan && <RenewPlan subscription={held} plan={plan} onClose={close} />}
      {doing === "upgrade" && plan && (
        <UpgradePlan subscription={held} plan={plan} higher={higher} onClose={close} />
      )}
      {doing === "cancel" && <CancelPlan subscription={held} onClose={close} />}
    </li>
  );
}

function PastPlan({ held, saved }: Held) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <li>
      <div className="muted">
        {format.text(held.name) || held.plan}
        <p>
          {t("rights.plan.until", { from: format.day(held.period_from), until: format.day(held.ends_on) })}
        </p>
        <Saved saved={saved} />
      </div>
      <Tag variant="filled">{label("subscriptionStatus", held.status)}</Tag>
    </li>
  );
}
