import { ClockCircleOutlined, SyncOutlined, UserOutlined } from "@ant-design/icons";
import { Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Refresh, Segment } from "../../api/segments";
import { useFormat } from "../../parts/useFormat";
import styles from "./segments.module.css";

const ICONS = { continuous: <SyncOutlined />, daily: <ClockCircleOutlined />, once: <UserOutlined /> };

/** When a segment is looked at again. */
export function RefreshTag({ refresh }: { refresh: Refresh }) {
  const { t } = useTranslation();
  return (
    <Tooltip title={t(`segments.refreshHint.${refresh}`)}>
      <Tag variant="filled" icon={ICONS[refresh]}>
        {t(`segments.refresh.${refresh}`)}
      </Tag>
    </Tooltip>
  );
}

/** How many came and went with the last look. */
export function Moved({ last }: { last: Segment["last"] }) {
  const format = useFormat();
  const { t } = useTranslation();
  if (!last) return <span className="muted small">{t("segments.never")}</span>;
  if (last.entered === 0 && last.left === 0) return <span className="muted num">±0</span>;
  const said = t("segments.moved", {
    entered: format.number(last.entered),
    left: format.number(last.left),
  });
  return (
    <span className={styles.moved} title={said}>
      <span className="visually-hidden">{said}</span>
      {last.entered > 0 && (
        <span className="num" data-way="in" aria-hidden="true">
          +{format.number(last.entered)}
        </span>
      )}
      {last.left > 0 && (
        <span className="num" data-way="out" aria-hidden="true">
          −{format.number(last.left)}
        </span>
      )}
    </span>
  );
}
