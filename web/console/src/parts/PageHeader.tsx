import { ArrowLeftOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import styles from "./PageHeader.module.css";

interface Props {
  title: string;
  /** Shown beside the title, e.g. a badge. */
  mark?: ReactNode;
  hint?: ReactNode;
  back?: string;
  actions?: ReactNode;
}

export function PageHeader({ title, mark, hint, back, actions }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <div className={styles.line}>
          {back !== undefined && (
            <Link to={back} aria-label={t("action.back")}>
              <Button type="text" size="small" icon={<ArrowLeftOutlined />} tabIndex={-1} />
            </Link>
          )}
          <h1>{title}</h1>
          {mark}
        </div>
        {hint !== undefined && <p>{hint}</p>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
