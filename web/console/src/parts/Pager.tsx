import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./Pager.module.css";
import type { Cursor } from "./useCursor";
import { useFormat } from "./useFormat";

export interface PagerProps {
  cursor: Cursor;
  next: string | null | undefined;
  limit: number;
  total?: number | null | undefined;
  shown?: number;
}

export function Pager({ cursor, next, limit, total, shown = 0 }: PagerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const first = cursor.page * limit + 1;
  const span = `${format.number(first)}–${format.number(first + shown - 1)}`;
  return (
    <nav className={styles.pager} aria-label={t("pager.label")}>
      <span className="num">
        {typeof total === "number"
          ? t("pager.of", { span, total: format.number(total) })
          : t("pager.span", { span })}
      </span>
      <span className={styles.buttons}>
        <Button
          size="small"
          icon={<LeftOutlined />}
          disabled={cursor.page === 0}
          onClick={cursor.previous}
          aria-label={t("pager.previous")}
        />
        <Button
          size="small"
          icon={<RightOutlined />}
          disabled={!next}
          onClick={() => next && cursor.next(next)}
          aria-label={t("pager.next")}
        />
      </span>
    </nav>
  );
}
