import { CloseOutlined, QuestionCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSignOut } from "../../api/session";
import { AppearanceButton, LanguageButton } from "../../app/AccountMenu";
import { Brand } from "../../app/Brand";
import { useSession } from "../../app/session";
import { StoreSelect, storeLabel } from "../../parts/StoreSelect";
import styles from "./TopBar.module.css";

interface Props {
  storeId: string | undefined;
  onStore: (id: string | null) => void;
  onHelp: () => void;
}

export function TopBar({ storeId, onStore, onHelp }: Props) {
  const { t } = useTranslation();
  const { account, stores, role } = useSession();
  const signOut = useSignOut();
  const only = stores?.length === 1 ? stores[0] : undefined;
  return (
    <header className={styles.bar}>
      <Brand />
      {only ? (
        <strong className={styles.store}>{storeLabel(only)}</strong>
      ) : (
        <StoreSelect
          value={storeId}
          allowClear={false}
          placeholder={t("cashier.pickStore")}
          width="min(240px, 38vw)"
          onChange={(id) => onStore(id ?? null)}
        />
      )}
      <span className={styles.space} />
      <span className={styles.person}>{account.name}</span>
      <Button
        type="text"
        icon={<QuestionCircleOutlined />}
        onClick={onHelp}
        tabIndex={-1}
        className={styles.help ?? ""}
      >
        {t("cashier.keys.show")} <kbd>?</kbd>
      </Button>
      <LanguageButton />
      <AppearanceButton />
      {role === "cashier" ? (
        <Button type="text" onClick={() => signOut.mutate(false)}>
          {t("action.signOut")}
        </Button>
      ) : (
        <Link to="/" aria-label={t("cashier.exit")} title={t("cashier.exit")}>
          <Button type="text" icon={<CloseOutlined />} tabIndex={-1} />
        </Link>
      )}
    </header>
  );
}
