import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBatches } from "../../../api/coupons";
import type { Batch, TemplateDetail } from "../../../api/types";
import { useCan } from "../../../app/session";
import { DataList } from "../../../parts/DataList";
import { FilterBar } from "../../../parts/FilterBar";
import { listOf } from "../../../parts/listOf";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFormat } from "../../../parts/useFormat";
import { When } from "../../../parts/When";
import { BatchActions, BatchState } from "./BatchActions";
import { BatchDrawer } from "./BatchDrawer";

const LIMIT = 50;

/** Codes in print that become coupons of the template when they are typed in. */
export function BatchesTab({ template }: { template: TemplateDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [printing, setPrinting] = useState(false);
  const cursor = useCursor(template.id);
  const query = useBatches({ template_id: template.id, limit: LIMIT, cursor: cursor.cursor });
  const print = can("coupons.issue") && template.status === "published" && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setPrinting(true)}>
      {t("coupons.batch.add")}
    </Button>
  );
  const bound = (row: Batch) => `${format.number(row.bound)} / ${format.number(row.size)}`;
  return (
    <>
      <FilterBar active={0} onClear={() => {}} tools={print} />
      <DataList<Batch>
        query={listOf(query)}
        rowKey={(row) => row.id}
        columns={[
          { key: "name", title: t("coupons.batch.name"), render: (_, row) => <strong>{row.name}</strong> },
          {
            key: "bound",
            title: t("coupons.batch.bound"),
            align: "right",
            render: (_, row) => <span className="num">{bound(row)}</span>,
          },
          { key: "until", title: t("coupons.batch.until"), render: (_, row) => <When at={row.bind_until} /> },
          { key: "made", title: t("coupons.batch.made"), render: (_, row) => <When at={row.created_at} /> },
          { key: "state", title: t("coupons.column.status"), render: (_, row) => <BatchState row={row} /> },
          { key: "actions", title: "", align: "right", render: (_, row) => <BatchActions row={row} /> },
        ]}
        card={(row) => (
          <>
            <div className="spread">
              <strong>{row.name}</strong>
              <BatchState row={row} />
            </div>
            <div className="spread small muted num">
              <span>
                {t("coupons.batch.bound")} {bound(row)}
              </span>
              <When at={row.created_at} show="date" />
            </div>
            <BatchActions row={row} />
          </>
        )}
        empty={<EmptyState title={t("coupons.batch.empty")} hint={t("coupons.batch.hint")} action={print} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {printing && <BatchDrawer template={template} onClose={() => setPrinting(false)} />}
    </>
  );
}
