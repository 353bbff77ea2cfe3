import { BulbOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { NextAction as Action } from "../../../api/traits";
import { useFormat } from "../../../parts/useFormat";
import styles from "./portrait.module.css";

/** The one thing to do next, and why. */
export function NextAction({ action }: { action: Action }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={styles.action} aria-label={t("portrait.action")}>
      <BulbOutlined />
      <div>
        <span className="muted small">{t("portrait.action")}</span>
        <strong>{format.text(action.title)}</strong>
        <span>{format.text(action.reason)}</span>
      </div>
    </section>
  );
}
