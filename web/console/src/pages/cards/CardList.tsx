import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CARD_STATUSES, type CardStatus, type StoredCard, useStoredCards } from "../../api/cards";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { Money } from "../../parts/Money";
import { SearchBox } from "../../parts/SearchBox";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { CardTag, spaced } from "./CardTag";

const LIMIT = 50;
const NAMES = ["number", "status"] as const;

const isStatus = (text: string | undefined): text is CardStatus =>
  CARD_STATUSES.some((status) => status === text);

/** Cards, of one batch or of all; a card is found by its whole number. */
export function CardList({ batchId }: { batchId?: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { filters, setFilters, clear, any } = useFilters(NAMES);
  const status = isStatus(filters.status) ? filters.status : undefined;
  const wanted = {
    ...(batchId && { batch_id: batchId }),
    ...(status && { status }),
    ...(filters.number && { number: filters.number }),
  };
  const cursor = useCursor(wanted);
  const query = useStoredCards({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const empty = filters.number ? (
    <EmptyState title={t("cards.find.wrong")} hint={t("cards.find.wrongHint")} />
  ) : (
    <EmptyState
      filtered={any}
      onClear={clear}
      title={t("cards.find.empty")}
      hint={t("cards.batch.emptyHint")}
    />
  );
  return (
    <div style={{ minWidth: 0 }}>
      <FilterBar
        active={Object.keys(filters).length}
        onClear={clear}
        search={
          <SearchBox
            value={filters.number}
            placeholder={t("cards.find.number")}
            onChange={(number) => setFilters({ number: number ?? "" })}
          />
        }
      >
        <Select
          allowClear
          value={status ?? null}
          placeholder={t("filter.status")}
          aria-label={t("filter.status")}
          style={{ width: 150 }}
          options={CARD_STATUSES.map((value) => ({ value, label: label("cardStatus", value) }))}
          onChange={(value: string | null) => setFilters({ status: value ?? "" })}
        />
      </FilterBar>
      <DataList<StoredCard>
        query={listOf(query)}
        columns={useColumns()}
        rowKey={(row) => row.id}
        to={(row) => `/cards/${row.id}`}
        card={(row) => (
          <>
            <div className="spread">
              <strong className="num">{spaced(row.number)}</strong>
              <CardTag status={row.status} />
            </div>
            <div className="spread small muted">
              <span>
                {t("cards.column.face")} <Money minor={row.face_minor} />
              </span>
              <span>
                {t("cards.column.balance")} <Money minor={row.balance_minor} />
              </span>
            </div>
          </>
        )}
        empty={empty}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </div>
  );
}

function useColumns(): Column<StoredCard>[] {
  const { t } = useTranslation();
  const right = { align: "right" as const };
  return [
    {
      key: "number",
      title: t("cards.column.number"),
      render: (_, row) => (
        <Link className="num" to={`/cards/${row.id}`}>
          {spaced(row.number)}
        </Link>
      ),
    },
    { key: "status", title: t("cards.column.status"), render: (_, row) => <CardTag status={row.status} /> },
    {
      key: "face",
      title: t("cards.column.face"),
      ...right,
      render: (_, row) => <Money minor={row.face_minor} muted />,
    },
    {
      key: "balance",
      title: t("cards.column.balance"),
      ...right,
      render: (_, row) => <Money minor={row.activated_at ? row.balance_minor : null} />,
    },
    {
      key: "activated",
      title: t("cards.column.activated"),
      render: (_, row) => <When at={row.activated_at} show="date" />,
    },
    {
      key: "expires",
      title: t("cards.column.expires"),
      render: (_, row) => <When at={row.expires_at} show="date" />,
    },
    {
      key: "member",
      title: t("cards.column.member"),
      render: (_, row) =>
        row.member ? (
          <Link to={`/members/${row.member.id}?tab=wallet`}>{row.member.name ?? row.member.number}</Link>
        ) : (
          <span className="muted">—</span>
        ),
    },
  ];
}
