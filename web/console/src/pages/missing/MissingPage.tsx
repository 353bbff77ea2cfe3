import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { EmptyState } from "../../parts/states";

export default function MissingPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t("state.missing")}
      hint={t("state.missingHint")}
      action={
        <Link to="/">
          <Button tabIndex={-1}>{t("action.home")}</Button>
        </Link>
      }
    />
  );
}
