import { Button, Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useStaff } from "../../api/staff";
import type { Staff } from "../../api/types";
import { useCan, useSession } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { ExportButton } from "../../parts/ExportButton";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { SearchBox } from "../../parts/SearchBox";
import { sortOf } from "../../parts/sort";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFilters } from "../../parts/useFilters";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import { When } from "../../parts/When";
import { StaffActions } from "./StaffActions";
import type { Told } from "./StaffPage";

const LIMIT = 50;
const NAMES = ["q", "role", "sort"] as const;
const SORTS = ["name", "login", "role", "last_sign_in_at"] as const;
const ROLES = ["owner", "operator", "manager", "cashier", "guide", "analyst"] as const;

const isRole = (text: string | undefined): text is (typeof ROLES)[number] =>
  ROLES.some((role) => role === text);

interface Props {
  onEdit: (staff: Staff) => void;
  onTold: (told: Told) => void;
}

export function StaffList({ onEdit, onTold }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const { account } = useSession();
  const phone = usePhone();
  const { filters, setFilters } = useFilters(NAMES);
  const { sort: asked, role, ...found } = filters;
  const wanted = { ...found, ...(isRole(role) && { role }) };
  const sort = sortOf(asked, SORTS, "name");
  const cursor = useCursor(filters);
  const query = useStaff({ ...wanted, sort, limit: LIMIT, cursor: cursor.cursor });
  const clear = () => setFilters({ q: "", role: "" });
  const stores = (row: Staff) =>
    row.stores === null ? t("staff.allStores") : row.stores.map(({ name }) => name).join("、") || "—";
  const name = (row: Staff) => (
    <span className="cluster">
      {can("staff.write") ? (
        <Button type="link" size="small" style={{ padding: 0, height: "auto" }} onClick={() => onEdit(row)}>
          {row.name}
        </Button>
      ) : (
        row.name
      )}
      {row.login === account.login && <Tag variant="filled">{t("staff.you")}</Tag>}
      {row.disabled && <Tag color="error">{t("staff.disabled")}</Tag>}
    </span>
  );
  const last = (row: Staff) =>
    row.last_sign_in_at ? (
      <When at={row.last_sign_in_at} />
    ) : (
      <span className="muted">{t("staff.never")}</span>
    );
  const actions = (row: Staff) =>
    can("staff.write") && row.login !== account.login && <StaffActions staff={row} onTold={onTold} />;
  const columns: Column<Staff>[] = [
    { key: "name", title: t("staff.name"), sortable: true, render: (_, row) => name(row) },
    { key: "login", title: t("staff.login"), sortable: true, render: (_, row) => row.login },
    { key: "role", title: t("staff.role"), sortable: true, render: (_, row) => label("role", row.role) },
    { key: "stores", title: t("staff.stores"), render: (_, row) => stores(row) },
    { key: "last_sign_in_at", title: t("staff.lastSignIn"), sortable: true, render: (_, row) => last(row) },
    { key: "actions", title: "", align: "right", render: (_, row) => actions(row) },
  ];
  return (
    <>
      <FilterBar
        active={wanted.role ? 1 : 0}
        onClear={clear}
        tools={!phone && <ExportButton path="/v1/staff/export" query={wanted} />}
        search={
          <SearchBox value={filters.q} onChange={(q) => setFilters({ q })} placeholder={t("staff.search")} />
        }
      >
        <Select
          allowClear
          value={wanted.role ?? null}
          placeholder={t("staff.role")}
          aria-label={t("staff.role")}
          style={{ width: 140 }}
          options={ROLES.map((value) => ({ value, label: label("role", value) }))}
          onChange={(value: string | null) => setFilters({ role: value ?? "" })}
        />
      </FilterBar>
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => (
          <>
            <div className="spread">
              {name(row)}
              <span>{label("role", row.role)}</span>
            </div>
            <div className="small muted">
              {row.login} · {stores(row)}
            </div>
            <div className="spread small muted">
              {last(row)}
              {actions(row)}
            </div>
          </>
        )}
        sort={sort}
        onSort={(next) => setFilters({ sort: next })}
        empty={
          <EmptyState filtered={Object.keys(wanted).length > 0} onClear={clear} hint={t("staff.emptyHint")} />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}
