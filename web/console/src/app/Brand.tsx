import { useTranslation } from "react-i18next";
import styles from "./Brand.module.css";

export function Brand({ large }: { large?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.brand} data-large={large || undefined}>
      <img src="/favicon.svg" alt="" width={large ? 40 : 24} height={large ? 40 : 24} />
      <span>{t("app.name")}</span>
    </span>
  );
}
