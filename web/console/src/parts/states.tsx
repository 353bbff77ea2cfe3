import { CloudOutlined, InboxOutlined, LockOutlined, SearchOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import styles from "./states.module.css";

interface StateProps {
  icon: ReactNode;
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
}

function State({ icon, title, hint, action }: StateProps) {
  return (
    <div className={styles.state}>
      <span className={styles.icon}>{icon}</span>
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** Nothing there yet, or nothing that fits the filters; each says what to do next. */
export function EmptyState({
  filtered,
  onClear,
  title,
  hint,
  action,
}: {
  filtered?: boolean;
  onClear?: () => void;
  title?: string;
  hint?: ReactNode;
  action?: ReactNode;
}) {
  const { t } = useTranslation();
  if (filtered) {
    return (
      <State
        icon={<SearchOutlined />}
        title={t("state.noMatch")}
        hint={t("state.noMatchHint")}
        action={onClear && <Button onClick={onClear}>{t("action.clearFilters")}</Button>}
      />
    );
  }
  return <State icon={<InboxOutlined />} title={title ?? t("state.empty")} hint={hint} action={action} />;
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useProblemWords();
  const { t } = useTranslation();
  const forbidden = error instanceof Problem && error.status === 403;
  if (forbidden) return <ForbiddenState />;
  const { title, detail } = words(error);
  return (
    <State
      icon={<CloudOutlined />}
      title={title}
      hint={detail}
      action={onRetry && <Button onClick={onRetry}>{t("action.retry")}</Button>}
    />
  );
}

export function ForbiddenState({ action }: { action?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <State
      icon={<LockOutlined />}
      title={t("state.forbidden")}
      hint={t("state.forbiddenHint")}
      action={action}
    />
  );
}

/** What to tell a person about a failed request. The server's own words win. */
export function useProblemWords() {
  const { t } = useTranslation();
  return (error: unknown): { title: string; detail: string } => {
    if (!(error instanceof Problem)) return { title: t("state.broken"), detail: t("state.brokenHint") };
    if (error.status === 0) return { title: t("state.offline"), detail: t("state.offlineHint") };
    const title = error.status === 404 ? t("state.gone") : t("state.refused");
    return { title, detail: error.detail || t("state.refusedHint", { code: error.code }) };
  };
}
