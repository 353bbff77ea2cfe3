import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { ClearingDay } from "../../api/clearing";

export function DayTag({ status }: { status: ClearingDay["status"] }) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={status === "closed" ? "success" : "warning"} style={{ margin: 0 }}>
      {t(`clearing.status.${status}`)}
    </Tag>
  );
}
