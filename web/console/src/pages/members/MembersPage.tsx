import { UserAddOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMembers } from "../../api/members";
import { useCan } from "../../app/session";
import { ColumnChooser } from "../../parts/ColumnChooser";
import { DataList } from "../../parts/DataList";
import { ExportButton } from "../../parts/ExportButton";
import { listOf } from "../../parts/listOf";
import { PageHeader } from "../../parts/PageHeader";
import { sortOf } from "../../parts/sort";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import { useStored } from "../../parts/useStored";
import { AddMember } from "./AddMember";
import { COLUMNS, type ColumnName, memberColumns, SHOWN_AT_FIRST } from "./columns";
import { MEMBER_FILTERS, MemberFilters } from "./MemberFilters";
import { MemberTile } from "./MemberTile";

const LIMIT = 50;
const SORTS = ["joined_at", "last_order_at", "paid_minor", "orders", "points", "growth"] as const;
const NAMES = [...MEMBER_FILTERS, "sort"] as const;

export default function MembersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const can = useCan();
  const phone = usePhone();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useStored<ColumnName[]>("members.columns", SHOWN_AT_FIRST);
  const { filters, setFilters } = useFilters(NAMES);
  const { sort: asked, ...wanted } = filters;
  const sort = sortOf(asked, SORTS, "-last_order_at");
  const cursor = useCursor(filters);
  const query = useMembers({ ...wanted, sort, limit: LIMIT, cursor: cursor.cursor });
  const columns = useMemo(() => memberColumns(t, format, label), [t, format, label]);
  const clear = () => setFilters(Object.fromEntries(MEMBER_FILTERS.map((name) => [name, ""])));
  const filtered = Object.keys(wanted).length > 0;
  return (
    <>
      <PageHeader
        title={t("members.title")}
        actions={
          can("members.write") && (
            <Button type="primary" icon={<UserAddOutlined />} onClick={() => setAdding(true)}>
              {t("members.add")}
            </Button>
          )
        }
      />
      <MemberFilters
        values={wanted}
        onChange={setFilters}
        onClear={clear}
        tools={
          <>
            {!phone && (
              <ColumnChooser
                all={COLUMNS}
                shown={shown}
                fixed="name"
                title={(name) => t(`members.column.${name}`)}
                onChange={setShown}
              />
            )}
            {!phone && can("members.export") && (
              <ExportButton path="/v1/members/export" query={{ ...wanted, sort }} />
            )}
          </>
        }
      />
      <DataList
        query={listOf(query)}
        columns={columns.filter(({ key }) => shown.includes(key as ColumnName))}
        rowKey={(row) => row.id}
        to={(row) => `/members/${row.id}`}
        card={(row) => <MemberTile row={row} />}
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
        empty={<EmptyState filtered={filtered} onClear={clear} hint={t("members.emptyHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT, total: query.data?.total }}
      />
      {can("members.write") && <AddMember open={adding} onClose={() => setAdding(false)} />}
    </>
  );
}
