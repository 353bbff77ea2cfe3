import { CheckOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useRoles } from "../../api/staff";
import { PERMISSIONS, permissionKey } from "../../app/permissions";
import { Panel } from "../../parts/Panel";
import { ListSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./RolesTable.module.css";

/** Who may do what: a row for each permission, a column for each role. */
export function RolesTable() {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { data, error, isPending, refetch } = useRoles();
  if (isPending) return <ListSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  const roles = data.items.filter(({ role }) => role !== "platform_admin");
  const shown = PERMISSIONS.filter((permission) =>
    roles.some((role) => role.permissions.includes(permission)),
  );
  return (
    <Panel flush>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("permission.title")}</th>
              {roles.map((role) => (
                <th key={role.role} scope="col">
                  {format.text(role.name)}
                  <small>{label("storeScope", role.store_scope)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((permission) => (
              <tr key={permission}>
                <th scope="row">{t(permissionKey(permission))}</th>
                {roles.map((role) => {
                  const may = role.permissions.includes(permission);
                  return (
                    <td key={role.role}>
                      {may ? <CheckOutlined aria-label="✓" /> : <span aria-hidden="true">·</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
