import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useStaff } from "../../api/staff";
import type { Staff } from "../../api/types";
import { useCan, useSession } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { EmptyState } from "../../parts/states";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { StaffActions } from "./StaffActions";
import type { Told } from "./StaffPage";

interface Props {
  onEdit: (staff: Staff) => void;
  onTold: (told: Told) => void;
}

export function StaffList({ onEdit, onTold }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const { account } = useSession();
  const query = useStaff();
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
    { key: "name", title: t("staff.name"), render: (_, row) => name(row) },
    { key: "login", title: t("staff.login"), render: (_, row) => row.login },
    { key: "role", title: t("staff.role"), render: (_, row) => label("role", row.role) },
    { key: "stores", title: t("staff.stores"), render: (_, row) => stores(row) },
    { key: "last", title: t("staff.lastSignIn"), render: (_, row) => last(row) },
    { key: "actions", title: "", align: "right", render: (_, row) => actions(row) },
  ];
  return (
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
      empty={<EmptyState hint={t("staff.emptyHint")} />}
    />
  );
}
