import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ForbiddenState } from "../parts/states";
import type { Permission } from "./permissions";
import { useCan } from "./session";

/** The page for those who may see it; for others a page that says whom to ask. */
export function Guard({ permission, children }: { permission: Permission; children: ReactNode }) {
  const can = useCan();
  const { t } = useTranslation();
  if (can(permission)) return children;
  return (
    <ForbiddenState
      action={
        <Link to="/">
          <Button tabIndex={-1}>{t("action.home")}</Button>
        </Link>
      }
    />
  );
}
