import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { OfferStatus } from "../api/types";

const COLOUR: Record<OfferStatus, string> = {
  draft: "default",
  published: "success",
  paused: "warning",
  ended: "default",
};

export function OfferStatusTag({ status }: { status: OfferStatus }) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={COLOUR[status]} style={{ margin: 0 }}>
      {t(`offer.status.${status}`)}
    </Tag>
  );
}
