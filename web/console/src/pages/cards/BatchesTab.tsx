import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type CardBatch, useCardBatches } from "../../api/cards";
import { DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { Money } from "../../parts/Money";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { BatchActions, BatchState } from "./BatchActions";

const LIMIT = 50;

/** How many of a batch were ever sold. */
export const soldOf = ({ counts }: CardBatch): number =>
  (counts.active ?? 0) + (counts.frozen ?? 0) + (counts.bound ?? 0);

/** Batches, newest first. */
export function BatchesTab({ action }: { action: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cursor = useCursor("batches");
  const query = useCardBatches({ limit: LIMIT, cursor: cursor.cursor });
  const sold = (row: CardBatch) =>
    t("cards.soldOf", { sold: format.number(soldOf(row)), size: format.number(row.size) });
  const right = { align: "right" as const };
  return (
    <DataList<CardBatch>
      query={listOf(query)}
      rowKey={(row) => row.id}
      to={(row) => `/cards/batches/${row.id}`}
      columns={[
        {
          key: "name",
          title: t("cards.column.name"),
          render: (_, row) => <Link to={`/cards/batches/${row.id}`}>{row.name}</Link>,
        },
        {
          key: "face",
          title: t("cards.column.face"),
          ...right,
          render: (_, row) => <Money minor={row.face_minor} />,
        },
        {
          key: "sold",
          title: t("cards.column.sold"),
          ...right,
          render: (_, row) => <span className="num">{sold(row)}</span>,
        },
        {
          key: "total",
          title: t("cards.column.total"),
          ...right,
          render: (_, row) => <Money minor={row.face_minor * row.size} />,
        },
        {
          key: "created",
          title: t("cards.column.created"),
          render: (_, row) => <When at={row.created_at} />,
        },
        { key: "status", title: t("cards.column.status"), render: (_, row) => <BatchState row={row} /> },
        { key: "actions", title: "", ...right, render: (_, row) => <BatchActions row={row} small /> },
      ]}
      card={(row) => (
        <>
          <div className="spread">
            <strong>{row.name}</strong>
            <BatchState row={row} />
          </div>
          <div className="spread small muted num">
            <span>
              <Money minor={row.face_minor} /> · {t("cards.column.sold")} {sold(row)}
            </span>
            <When at={row.created_at} show="date" />
          </div>
        </>
      )}
      empty={<EmptyState title={t("cards.batch.empty")} hint={t("cards.batch.emptyHint")} action={action} />}
      pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
    />
  );
}
