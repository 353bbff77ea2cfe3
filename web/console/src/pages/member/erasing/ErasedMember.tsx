import { useTranslation } from "react-i18next";
import type { Problem } from "../../../api/client";
import { PageHeader } from "../../../parts/PageHeader";
import { EmptyState } from "../../../parts/states";

/** Of whom nothing is left but what orders and books are kept by. */
export function ErasedMember({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader back="/members" title={t("erasing.erased")} />
      <EmptyState title={problem.detail} hint={t("erasing.erasedHint")} />
    </>
  );
}
