import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { PERMISSIONS, type Permission, permissionKey } from "../../app/permissions";

const isPermission = (scope: string): scope is Permission => PERMISSIONS.includes(scope as Permission);

export function Scopes({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <span className="cluster" style={{ gap: 4 }}>
      {scopes.map((scope) => (
        <Tag key={scope} variant="filled" title={scope}>
          {isPermission(scope) ? t(permissionKey(scope)) : scope}
        </Tag>
      ))}
    </span>
  );
}
