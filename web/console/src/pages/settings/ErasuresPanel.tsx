import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type Erasure, useErasures } from "../../api/privacy";
import { DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { Panel } from "../../parts/Panel";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";

const LIMIT = 20;

/** Whose data was erased, by whom, and that nothing of it is left anywhere. */
export function ErasuresPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const cursor = useCursor("erasures");
  const query = useErasures(cursor.cursor, LIMIT);
  const rows = (row: Erasure) => format.number(row.counts.reduce((sum, each) => sum + each.rows, 0));
  const why = (row: Erasure) => (
    <>
      {row.reason} {row.forfeited && <Tag variant="filled">{t("erasing.gaveUp")}</Tag>}
    </>
  );
  const lake = (row: Erasure) => t(row.left_lake_at ? "erasing.lakeDone" : "erasing.lakeWaits");
  return (
    <Panel title={t("erasing.list")} definition={t("erasing.listHint")} flush>
      <DataList
        query={listOf(query)}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t("erasing.none")} />}
        columns={[
          { key: "at", title: t("erasing.at"), width: 150, render: (_, row) => <When at={row.at} /> },
          {
            key: "number",
            title: t("erasing.number"),
            render: (_, row) => <span className="num">{row.number}</span>,
          },
          { key: "by", title: t("erasing.by"), render: (_, row) => row.by },
          { key: "reason", title: t("erasing.reason"), render: (_, row) => why(row) },
          {
            key: "count",
            title: t("erasing.count"),
            align: "right",
            render: (_, row) => <span className="num">{rows(row)}</span>,
          },
          { key: "lake", title: t("erasing.lake"), render: (_, row) => lake(row) },
        ]}
        card={(row) => (
          <>
            <div className="spread">
              <strong className="num">{row.number}</strong>
              <span className="small muted">
                <When at={row.at} />
              </span>
            </div>
            <div>{why(row)}</div>
            <div className="spread small muted">
              <span>{row.by}</span>
              <span>
                {t("erasing.count")} {rows(row)} · {lake(row)}
              </span>
            </div>
          </>
        )}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </Panel>
  );
}
