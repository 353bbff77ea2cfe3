import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { type Shelf, useShelf, type Written } from "../../../api/shelf";
import { useCan } from "../../../app/session";
import { type Column, DataList } from "../../../parts/DataList";
import { ExportButton } from "../../../parts/ExportButton";
import { listOf } from "../../../parts/listOf";
import { PageHeader } from "../../../parts/PageHeader";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFilters } from "../../../parts/useFilters";
import { usePhone } from "../../../parts/usePhone";
import { OFFER_FILTERS, OfferFilters, offerQuery } from "./OfferFilters";

const LIMIT = 50;

interface Props<Row extends Written, Detail extends Row, Body> {
  shelf: Shelf<Row, Detail, Body>;
  words: { title: string; hint: string; add: string; empty: string };
  /** A hook: columns may ask for names of what the rows mention. */
  useColumns: (rows: readonly Row[]) => Column<Row>[];
  card: (row: Row) => ReactNode;
  grouped?: boolean;
}

/** What is on a shelf, newest first, with the way to something new. */
export function ShelfPage<Row extends Written, Detail extends Row, Body>(props: Props<Row, Detail, Body>) {
  const { shelf, words, useColumns, card, grouped } = props;
  const can = useCan();
  const phone = usePhone();
  const navigate = useNavigate();
  const { filters, setFilters, clear, any } = useFilters(OFFER_FILTERS);
  const cursor = useCursor(filters);
  const wanted = offerQuery(filters);
  const query = useShelf(shelf, { ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const columns = useColumns(query.data?.items ?? []);
  const add = can("offers.write") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate(`${shelf.path}/new`)}>
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHeader title={words.title} hint={words.hint} actions={add} />
      <OfferFilters
        values={filters}
        onChange={setFilters}
        onClear={clear}
        grouped={grouped ?? false}
        tools={!phone && <ExportButton path={`/v1/${shelf.name}/export`} query={wanted} />}
      />
      <DataList<Row>
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        to={(row) => `${shelf.path}/${row.id}`}
        card={card}
        empty={
          <EmptyState filtered={any} onClear={clear} title={words.empty} hint={words.hint} action={add} />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}
