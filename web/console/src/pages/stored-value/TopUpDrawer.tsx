import { Button, Descriptions, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type TopUpDetail, useTopUp } from "../../api/storedValue";
import { useCan } from "../../app/session";
import { Money } from "../../parts/Money";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { RefundDialog } from "./RefundDialog";
import styles from "./storedValue.module.css";

/** One top-up: what it brought, what went back, and what a refund would come to now. */
export function TopUpDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useTopUp(id);
  const title = found.data
    ? t("storedValue.topUp.title", { amount: format.money(found.data.principal_minor) })
    : " ";
  return (
    <Drawer open onClose={onClose} title={title} size={460}>
      {found.error ? (
        <ErrorState error={found.error} onRetry={() => found.refetch()} />
      ) : found.data ? (
        <div className={styles.stack}>
          <Facts topUp={found.data} />
          <RefundPlan topUp={found.data} />
          <Refunds topUp={found.data} />
        </div>
      ) : (
        <BlockSkeleton lines={8} />
      )}
    </Drawer>
  );
}

function Facts({ topUp }: { topUp: TopUpDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { member } = topUp;
  const bonus =
    topUp.bonus_minor === 0 ? (
      <span className="muted">{t("storedValue.topUp.noBonus")}</span>
    ) : (
      <span>
        <Money minor={topUp.bonus_minor} />{" "}
        <span className="muted small">
          {topUp.bonus_expires_at
            ? `${t("storedValue.topUp.bonusUntil")} ${format.date(topUp.bonus_expires_at)}`
            : t("storedValue.topUp.bonusForever")}
        </span>
      </span>
    );
  const items = [
    [
      t("storedValue.column.member"),
      <Link key="member" to={`/members/${topUp.member_id}?tab=wallet`}>
        {member?.name ?? member?.number ?? t("storedValue.topUp.noMember")}
      </Link>,
    ],
    [t("storedValue.column.store"), topUp.store?.name ?? "—"],
    [t("storedValue.column.at"), <When key="at" at={topUp.at} />],
    [t("storedValue.topUp.day"), format.day(topUp.business_day)],
    [t("storedValue.column.principal"), <Money key="principal" minor={topUp.principal_minor} />],
    [t("storedValue.column.bonus"), bonus],
    ...topUp.tenders.map(
      (tender, index) =>
        [
          index === 0 ? t("storedValue.column.paidBy") : "",
          <span key={`${tender.kind}-${tender.amount_minor}`}>
            {label("tender", tender.kind)} <Money minor={tender.amount_minor} />{" "}
            <span className="muted small">{tender.reference}</span>
          </span>,
        ] as const,
    ),
    ...(topUp.external_ref ? [[t("storedValue.topUp.ref"), topUp.external_ref] as const] : []),
  ] as const;
  return (
    <Panel title={t("storedValue.topUp.facts")}>
      <Descriptions
        colon={false}
        column={1}
        size="small"
        items={items.map(([name, children], index) => ({ key: index, label: name, children }))}
      />
    </Panel>
  );
}

/** Where the principal goes; a top-up that was used up has nothing to refund. */
function RefundPlan({ topUp }: { topUp: TopUpDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const plan = topUp.refund_now;
  const rows = [
    ["principal", plan.principal_minor],
    ["deducted", -plan.deducted_minor],
    ["back", plan.refunded_minor],
    ["forfeited", plan.forfeited_minor],
    ["kept", plan.kept_minor],
  ] as const;
  const amount = format.money(plan.refunded_minor);
  return (
    <Panel title={t("storedValue.refund.title")} definition={t("storedValue.refund.definition")}>
      {plan.principal_minor === 0 ? (
        <p className="muted">{t("storedValue.refund.none")}</p>
      ) : (
        <>
          <dl className={styles.plan}>
            {rows
              .filter(([name, minor]) => minor !== 0 || name === "back")
              .map(([name, minor]) => (
                <div key={name} className="spread" data-sum={name === "back" || undefined}>
                  <dt>{t(`storedValue.refund.${name}`)}</dt>
                  <dd>
                    <Money minor={minor} />
                  </dd>
                </div>
              ))}
          </dl>
          {can("stored_value.write") && (
            <Button danger onClick={() => setAsking(true)}>
              {t("storedValue.refund.do", { amount })}
            </Button>
          )}
        </>
      )}
      {asking && <RefundDialog topUp={topUp} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Refunds({ topUp }: { topUp: TopUpDetail }) {
  const { t } = useTranslation();
  const label = useLabel();
  if (topUp.refunds.length === 0) return null;
  return (
    <Panel title={t("storedValue.refund.past")}>
      {topUp.refunds.map((refund) => (
        <div key={refund.id} className={styles.past}>
          <div className="spread">
            <span>
              {label("tender", refund.kind)} <span className="muted small">{refund.reason}</span>
            </span>
            <Money minor={-refund.refunded_minor} />
          </div>
          <div className="small muted">
            <When at={refund.at} />
            {refund.forfeited_minor > 0 && (
              <>
                {" "}
                · {t("storedValue.refund.forfeited")} <Money minor={refund.forfeited_minor} />
              </>
            )}
          </div>
        </div>
      ))}
    </Panel>
  );
}
