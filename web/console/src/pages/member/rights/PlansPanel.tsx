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
  const [deal, setDeal] = useState<Deal | null>(null);
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
          <ActivePlan
            key={held.id}
            held={held}
            saved={savings.get(held.id)}
            onDo={(doing) => setDeal({ doing, held })}
          />
        ))}
        {past.map((held) => (
          <PastPlan key={held.id} held={held} saved={savings.get(held.id)} />
        ))}
      </ul>
      {opening && <OpenPlan memberId={memberId} plans={open} onClose={() => setOpening(false)} />}
      {deal && <DealDialog {...deal} onClose={() => setDeal(null)} />}
    </Panel>
  );
}

type Doing = "renew" | "upgrade" | "cancel";

interface Deal {
  doing: Doing;
  held: Subscription;
}

/** Kept by the panel: a plan that was changed for a higher one is a past one before its dialog is closed. */
function DealDialog({ doing, held, onClose }: Deal & { onClose: () => void }) {
  const { planOf, higherThan } = usePlans();
  const plan = planOf(held.plan);
  if (doing === "cancel") return <CancelPlan subscription={held} onClose={onClose} />;
  if (!plan) return null;
  if (doing === "renew") return <RenewPlan subscription={held} plan={plan} onClose={onClose} />;
  return <UpgradePlan subscription={held} plan={plan} higher={higherThan(plan)} onClose={onClose} />;
}

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

function ActivePlan({ held, saved, onDo }: Held & { onDo: (doing: Doing) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { planOf, higherThan } = usePlans();
  const autoRenew = useAutoRenew(held.id);
  const plan = planOf(held.plan);
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
          <Button size="small" onClick={() => onDo("renew")}>
            {t("rights.plan.renew")}
          </Button>
        )}
        {sells && plan && higherThan(plan).length > 0 && (
          <Button size="small" onClick={() => onDo("upgrade")}>
            {t("rights.plan.upgrade")}
          </Button>
        )}
        {can("orders.refund") && (
          <Button size="small" type="text" danger onClick={() => onDo("cancel")}>
            {t("rights.plan.cancel")}
          </Button>
        )}
      </span>
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
