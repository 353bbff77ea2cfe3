import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useStatement } from "../../../api/members";
import type { Asset, StatementRow } from "../../../api/types";
import { DataList } from "../../../parts/DataList";
import { Panel } from "../../../parts/Panel";
import { EmptyState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { When } from "../../../parts/When";
import styles from "./wallet.module.css";

const COUNTED = new Set<Asset>(["points", "growth", "points_owed"]);
const ASSETS: Asset[] = ["points", "points_owed", "growth", "stored_principal", "stored_bonus", "red_packet"];

/** Every movement of everything, newest first; an entry leads to the order that caused it. */
export function StatementPanel({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const [asset, setAsset] = useState<Asset | undefined>();
  const query = useStatement(memberId, asset);
  const rows = query.data?.pages.flatMap((page) => page.items);
  const kind = (row: StatementRow) =>
    row.order_id ? (
      <Link to={`/orders/${row.order_id}`}>{label("posting", row.kind)}</Link>
    ) : (
      label("posting", row.kind)
    );
  const amount = (row: StatementRow) => {
    const size = Math.abs(row.amount);
    return (
      <span className={`num ${row.amount < 0 ? styles.minus : styles.plus}`}>
        {row.amount > 0 ? "+" : "−"}
        {COUNTED.has(row.asset) ? format.number(size) : format.money(size)}
      </span>
    );
  };
  return (
    <Panel
      flush
      title={t("wallet.statement")}
      extra={
        <Select<Asset>
          size="small"
          allowClear
          value={asset ?? null}
          placeholder={t("wallet.everything")}
          aria-label={t("member.wallet.asset")}
          style={{ width: 128 }}
          onChange={(wanted) => setAsset(wanted ?? undefined)}
          options={ASSETS.map((value) => ({ value, label: label("asset", value) }))}
        />
      }
    >
      <div className={styles.inner}>
        <DataList<StatementRow>
          query={{ rows, loading: query.isPending, error: query.error, retry: () => void query.refetch() }}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t("member.wallet.empty")} />}
          columns={[
            { key: "at", title: t("member.wallet.at"), render: (_, row) => <When at={row.at} show="date" /> },
            { key: "asset", title: t("member.wallet.asset"), render: (_, row) => label("asset", row.asset) },
            {
              key: "kind",
              title: t("member.wallet.kind"),
              render: (_, row) => (
                <>
                  {kind(row)}
                  {row.note && <div className="small muted">{row.note}</div>}
                </>
              ),
            },
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
