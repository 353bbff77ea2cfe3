import { Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWallet } from "../../api/members";
import type { Lot, Wallet } from "../../api/types";
import { DataList } from "../../parts/DataList";
import { Panel } from "../../parts/Panel";
import { ListSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { StatementPanel } from "./StatementPanel";
import styles from "./WalletTab.module.css";

export function WalletTab({ memberId }: { memberId: string }) {
  const wallet = useWallet(memberId);
  if (wallet.isPending) return <ListSkeleton />;
  if (wallet.error) return <ErrorState error={wallet.error} onRetry={() => wallet.refetch()} />;
  return (
    <div className={styles.wallet}>
      <Balances wallet={wallet.data} />
      <Lots lots={wallet.data.points.lots} />
      <StatementPanel memberId={memberId} />
    </div>
  );
}

function Balances({ wallet }: { wallet: Wallet }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points, growth } = wallet;
  return (
    <div className={styles.balances}>
      <Panel title={t("member.wallet.points")}>
        <strong className={`num ${styles.figure}`}>{format.number(points.balance)}</strong>
      </Panel>
      <Panel title={t("member.wallet.growth")}>
        <strong className={`num ${styles.figure}`}>{format.number(growth.balance)}</strong>
      </Panel>
      <Panel title={t("member.wallet.expiring")}>
        {points.expiring.length === 0 ? (
          <span className="muted">{t("member.wallet.noExpiring")}</span>
        ) : (
          <ul className={styles.expiring}>
            {points.expiring.slice(0, 3).map(({ on, amount }) => (
              <li key={on} className="spread">
                <b className="num">{format.number(amount)}</b>
                <span className="muted num">{t("member.wallet.expiringOn", { date: format.day(on) })}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function Lots({ lots }: { lots: Lot[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const rows = all ? lots : lots.filter(({ remaining }) => remaining > 0);
  const expiry = (lot: Lot) =>
    lot.expires_at ? (
      <When at={lot.expires_at} show="date" />
    ) : (
      <span className="muted">{t("member.wallet.neverExpires")}</span>
    );
  return (
    <Panel
      flush
      title={t("member.wallet.lots")}
      definition={t("member.wallet.lotsHint")}
      extra={
        <span className="cluster small muted">
          {t("member.wallet.showSpent")}
          <Switch size="small" checked={all} onChange={setAll} aria-label={t("member.wallet.showSpent")} />
        </span>
      }
    >
      <div className={styles.inner}>
        <DataList<Lot>
          query={{ rows, loading: false, error: null, retry: () => {} }}
          rowKey={(lot) => lot.id}
          empty={<EmptyState title={t("member.wallet.empty")} />}
          columns={[
            {
              key: "earned",
              title: t("member.wallet.earnedAt"),
              render: (_, lot) => <When at={lot.earned_at} show="date" />,
            },
            { key: "expires", title: t("member.wallet.expiresAt"), render: (_, lot) => expiry(lot) },
            {
              key: "granted",
              title: t("member.wallet.granted"),
              align: "right",
              render: (_, lot) => <span className="num">{format.number(lot.granted)}</span>,
            },
            {
              key: "remaining",
              title: t("member.wallet.remaining"),
              align: "right",
              render: (_, lot) => (
                <span className={lot.remaining > 0 ? "num strong" : "num muted"}>
                  {format.number(lot.remaining)}
                </span>
              ),
            },
          ]}
          card={(lot) => (
            <div className="spread">
              <span className="num">
                <b>{format.number(lot.remaining)}</b>{" "}
                <span className="muted">/ {format.number(lot.granted)}</span>
              </span>
              <span className="small muted">
                {t("member.wallet.expiresAt")} {expiry(lot)}
              </span>
            </div>
          )}
        />
      </div>
    </Panel>
  );
}
