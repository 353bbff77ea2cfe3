import { App, Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBenefitsOf, useDetachBenefit } from "../../../api/rights";
import type { BenefitGrant, BenefitHeld } from "../../../api/types";
import { useCan } from "../../../app/session";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { AttachBenefit } from "./AttachBenefit";
import styles from "./rights.module.css";
import { UseBenefit } from "./UseBenefit";
import { usePlans } from "./usePlans";

/** What she is entitled to and why, and what she was given. */
export function BenefitsPanel({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const { benefits } = usePlans();
  const [attaching, setAttaching] = useState(false);
  const query = useBenefitsOf(memberId);
  return (
    <>
      <Panel
        title={t("rights.benefit.title")}
        extra={
          can("members.write") &&
          benefits.length > 0 && (
            <Button size="small" onClick={() => setAttaching(true)}>
              {t("rights.benefit.attach")}
            </Button>
          )
        }
      >
        {query.isPending && <BlockSkeleton lines={3} />}
        {query.error && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
        {query.data?.benefits.length === 0 && <span className="muted">{t("rights.benefit.none")}</span>}
        <ul className={styles.list}>
          {query.data?.benefits.map((held) => (
            <Held key={held.code} memberId={memberId} held={held} />
          ))}
        </ul>
      </Panel>
      {query.data && query.data.grants.length > 0 && (
        <Panel title={t("rights.benefit.grants")}>
          <ul className={styles.list}>
            {query.data.grants.map((grant) => (
              <Grant key={grant.id} grant={grant} />
            ))}
          </ul>
        </Panel>
      )}
      {attaching && <AttachBenefit memberId={memberId} onClose={() => setAttaching(false)} />}
    </>
  );
}

function Held({ memberId, held }: { memberId: string; held: BenefitHeld }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const label = useLabel();
  const { planName, tierName } = usePlans();
  const [using, setUsing] = useState(false);
  const by =
    held.ground === "tier" ? tierName(held.by) : held.ground === "plan" ? planName(held.by) : held.by;
  const uses =
    held.uses &&
    (held.uses.left === null
      ? t("rights.benefit.used", { count: held.uses.used })
      : t("rights.benefit.left", { count: held.uses.left }));
  return (
    <li>
      <div>
        <strong>{format.text(held.name)}</strong>
        <p>
          {[
            label("benefitKind", held.kind),
            [label("ground", held.ground), by].filter(Boolean).join(" "),
            held.until && t("rights.benefit.until", { date: format.date(held.until) }),
            uses,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {can("members.write") && (
        <span className="cluster">
          {held.kind === "entitlement" && (
            <Button size="small" disabled={held.uses?.left === 0} onClick={() => setUsing(true)}>
              {t("rights.benefit.use")}
            </Button>
          )}
          {held.ground === "person" && <Detach memberId={memberId} held={held} />}
        </span>
      )}
      {using && <UseBenefit memberId={memberId} held={held} onClose={() => setUsing(false)} />}
    </li>
  );
}

function Detach({ memberId, held }: { memberId: string; held: BenefitHeld }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const detach = useDetachBenefit(memberId);
  const ask = () =>
    modal.confirm({
      title: t("rights.benefit.detachAsk", { name: format.text(held.name) }),
      okText: t("rights.benefit.detach"),
      okButtonProps: { danger: true },
      onOk: () =>
        detach.mutateAsync(held.code).then(
          () => void message.success(t("rights.benefit.detached")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <Button size="small" type="text" danger onClick={ask}>
      {t("rights.benefit.detach")}
    </Button>
  );
}

const COLOURS: Record<string, string> = { given: "success", due: "processing", failed: "error" };

function Grant({ grant }: { grant: BenefitGrant }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { benefitName } = usePlans();
  const coupons = grant.coupons.reduce((sum, { count }) => sum + count, 0);
  const [occasion = ""] = grant.occasion.split(":");
  return (
    <li>
      <div>
        {grant.benefit ? benefitName(grant.benefit) : label("occasion", occasion)}
        <p>
          {[
            label("occasion", occasion),
            coupons > 0 && t("rights.benefit.coupons", { count: coupons }),
            grant.code && t("rights.benefit.code", { code: grant.code }),
            grant.given_at
              ? format.date(grant.given_at)
              : t("rights.benefit.due", { when: format.date(grant.due_at) }),
            grant.note,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <Tag variant="filled" color={COLOURS[grant.status] ?? "default"}>
        {label("grantStatus", grant.status)}
      </Tag>
    </li>
  );
}
