import { Table } from "antd";
import type { ColumnType } from "antd/es/table";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import styles from "./DataList.module.css";
import { Pager, type PagerProps } from "./Pager";
import { ListSkeleton } from "./skeletons";
import { ErrorState } from "./states";
import { usePhone } from "./usePhone";

export interface Column<T> extends Omit<ColumnType<T>, "sorter" | "sortOrder" | "key"> {
  key: string;
  /** The server can sort by `key`. */
  sortable?: boolean;
}

interface Query<T> {
  rows: readonly T[] | undefined;
  loading: boolean;
  /** An older answer is shown while the new one is on its way. */
  stale?: boolean;
  error: unknown;
  retry: () => void;
}

interface Props<T> {
  query: Query<T>;
  columns: Column<T>[];
  rowKey: (row: T) => string;
  /** How a row looks on a phone. */
  card: (row: T) => ReactNode;
  /** Where a row leads. */
  to?: (row: T) => string;
  empty: ReactNode;
  /** As the server writes it: `name`, or `-name` for descending. */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  pager?: PagerProps;
  expand?: (row: T) => ReactNode;
}

/** A list: a dense table on a desk, cards on a phone, with its own skeleton, empty and error states. */
export function DataList<T extends object>(props: Props<T>) {
  const { query, columns, empty, pager } = props;
  const phone = usePhone();
  if (query.error && !query.rows) return <ErrorState error={query.error} onRetry={query.retry} />;
  if (query.loading || !query.rows) return <ListSkeleton columns={phone ? 1 : Math.min(columns.length, 7)} />;
  if (query.rows.length === 0) return <div className={styles.list}>{empty}</div>;
  return (
    <div className={styles.list} data-stale={query.stale || undefined} aria-busy={query.stale || undefined}>
      {phone ? <Cards {...props} rows={query.rows} /> : <Rows {...props} rows={query.rows} />}
      {pager && <Pager {...pager} shown={query.rows.length} />}
    </div>
  );
}

function Rows<T extends object>({
  rows,
  columns,
  rowKey,
  to,
  sort,
  onSort,
  expand,
}: Props<T> & { rows: readonly T[] }) {
  const navigate = useNavigate();
  const sorted = sort?.replace(/^-/, "");
  return (
    <Table<T>
      size="small"
      rowKey={rowKey}
      dataSource={rows}
      pagination={false}
      scroll={{ x: "max-content" }}
      showSorterTooltip={false}
      sortDirections={["descend", "ascend", "descend"]}
      columns={columns.map(({ sortable, ...column }) => ({
        ...column,
        ...(sortable && {
          sorter: true,
          sortOrder: column.key === sorted ? (sort?.startsWith("-") ? "descend" : "ascend") : null,
        }),
      }))}
      onChange={(_page, _filters, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter;
        if (one?.columnKey) onSort?.(`${one.order === "descend" ? "-" : ""}${String(one.columnKey)}`);
      }}
      {...(expand && { expandable: { expandedRowRender: expand, expandRowByClick: true } })}
      {...(to && {
        onRow: (row: T) => ({
          className: styles.linked ?? "",
          onClick: (event) => {
            if (!(event.target as Element).closest("a,button,input")) navigate(to(row));
          },
        }),
      })}
    />
  );
}

function Cards<T extends object>({ rows, rowKey, card, to, expand }: Props<T> & { rows: readonly T[] }) {
  const navigate = useNavigate();
  return (
    <ul className={styles.cards}>
      {rows.map((row) => (
        <li key={rowKey(row)}>
          {to ? (
            <a
              className={styles.card}
              href={to(row)}
              onClick={(event) => {
                event.preventDefault();
                navigate(to(row));
              }}
            >
              {card(row)}
            </a>
          ) : (
            <div className={styles.card}>
              {card(row)}
              {expand?.(row)}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
