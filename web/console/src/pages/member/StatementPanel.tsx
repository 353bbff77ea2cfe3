import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStatement } from "../../api/members";
import type { StatementRow } from "../../api/types";
import { DataList } from "../../parts/DataList";
import { Panel } from "../../parts/Panel";
import { EmptyState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import styles from "./WalletTab.module.css";

/** Every movement, newest first; an entry leads to the order that caused it. */
export function StatementPanel({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const query = useStatement(memberId);
  const rows = query.data?.pages.flatMap((page) => page.items);
  const kind = (row: StatementRow) =>
    row.order_id ? (
      <Link to={`/orders/${row.order_id}`}>{label("posting", row.kind)}</Link>
    ) : (
      label("posting", row.kind)
    );
  const amount = (row: StatementRow) => (
    <span className={`num ${row.amount < 0 ? styles.minus : styles.plus}`}>
      {row.amount > 0 ? "+" : "−"}
      {format.number(Math.abs(row.amount))}
    </span>
  );
  return (
    <Panel flush title={t("member.wallet.statement")}>
      <div className={styles.inner}>
        <DataList<StatementRow>
          query={{ rows, loading: query.isPending, error: query.error, retry: () => void query.refetch() }}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t("member.wallet.empty")} />}
          columns={[
            { key: "at", title: t("member.wallet.at"), render: (_, row) => <When at={row.at} show="date" /> },
            { key: "asset", title: t("member.wallet.asset"), render: (_, row) => label("asset", row.asset) },
            { key: "kind", title: t("member.wallet.kind"), render: (_, row) => kind(row) },
            {
              key: "amount",
              title: t("member.wallet.amount"),
              align: "right",
              render: (_, row) => amount(row),
            },
          ]}
          card={(row) => (
            <>
              <div className="spread">
                <span>
                  {label("asset", row.asset)} · {kind(row)}
                </span>
                {amount(row)}
              </div>
              <div className="small muted">
                <When at={row.at} /> {row.note}
              </div>
            </>
          )}
        />
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button size="small" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
              {t("action.more")}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
