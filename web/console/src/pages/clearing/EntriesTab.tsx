import { Select, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  type ClearingEntry,
  type ClearingReason,
  type ClearingStatement,
  useClearingEntries,
} from "../../api/clearing";
import { useCan } from "../../app/session";
import { DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { Money } from "../../parts/Money";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";
import styles from "./clearing.module.css";
import { Party, usePartyName } from "./Party";

const LIMIT = 50;

interface Props {
  day: string;
  statement: ClearingStatement;
  party: string | undefined;
  reason: string | undefined;
  onChange: (changes: { party?: string; reason?: string }) => void;
}

/** Every entry of a day, by order; of one party or for one reason where asked. */
export function EntriesTab({ day, statement, party, reason, onChange }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePartyName();
  const asked = statement.reasons.find((each) => each.reason === reason)?.reason;
  const wanted: { party?: string; reason?: ClearingReason } = {
    ...(party && { party }),
    ...(asked && { reason: asked }),
  };
  const cursor = useCursor({ day, ...wanted });
  const query = useClearingEntries(day, { ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const labels = new Map(statement.reasons.map((each) => [each.reason, format.text(each.label)]));
  const reasonOf = (row: ClearingEntry) => labels.get(row.reason) ?? row.reason;
  const clear = () => onChange({ party: "", reason: "" });
  return (
    <>
      <FilterBar
        active={Object.keys(wanted).length}
        onClear={clear}
        search={
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            value={party ?? null}
            placeholder={t("clearing.entriesTab.party")}
            aria-label={t("clearing.entriesTab.party")}
            style={{ width: 260 }}
            options={statement.positions.map((each) => ({ value: each.party.id, label: nameOf(each.party) }))}
            onChange={(value: string | null) => onChange({ party: value ?? "" })}
          />
        }
      >
        <Select
          allowClear
          value={asked ?? null}
          placeholder={t("clearing.entriesTab.reason")}
          aria-label={t("clearing.entriesTab.reason")}
          style={{ width: 220 }}
          options={statement.reasons.map((each) => ({ value: each.reason, label: format.text(each.label) }))}
          onChange={(value: string | null) => onChange({ reason: value ?? "" })}
        />
      </FilterBar>
      <DataList<ClearingEntry>
        query={listOf(query)}
        rowKey={(row) => row.id}
        columns={[
          { key: "order", title: t("clearing.column.order"), render: (_, row) => <Cause row={row} /> },
          {
            key: "debtor",
            title: t("clearing.column.debtor"),
            render: (_, row) => <Party party={row.debtor} />,
          },
          {
            key: "creditor",
            title: t("clearing.column.creditor"),
            render: (_, row) => <Party party={row.creditor} />,
          },
          { key: "reason", title: t("clearing.column.reason"), render: (_, row) => reasonOf(row) },
          {
            key: "sum",
            title: t("clearing.column.sum"),
            align: "right",
            render: (_, row) => <Money minor={row.amount_minor} />,
          },
        ]}
        card={(row) => (
          <>
            <div className="spread">
              <Cause row={row} />
              <strong>
                <Money minor={row.amount_minor} />
              </strong>
            </div>
            <div className={`small ${styles.flow}`}>
              <Party party={row.debtor} /> <span className="muted">→</span> <Party party={row.creditor} />
            </div>
            <div className="small muted">{reasonOf(row)}</div>
          </>
        )}
        empty={
          <EmptyState
            filtered={Object.keys(wanted).length > 0}
            onClear={clear}
            title={t("clearing.entriesTab.empty")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}

/** What happened, leading to its order where there is one. */
function Cause({ row }: { row: ClearingEntry }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const kind = <span className="muted small">{t(`clearing.kind.${row.kind}`)}</span>;
  return (
    <span className="cluster">
      {row.order_id && can("orders.read") ? (
        <Link className="num" to={`/orders/${row.order_id}`}>
          {row.number}
        </Link>
      ) : (
        row.number && <span className="num">{row.number}</span>
      )}
      {kind}
      {row.late && (
        <Tooltip title={t("clearing.lateHint")}>
          <Tag color="warning" style={{ margin: 0 }}>
            {t("clearing.lateTag", { day: format.dayShort(row.own_day) })}
          </Tag>
        </Tooltip>
      )}
    </span>
  );
}
