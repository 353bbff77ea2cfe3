import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./KeysHelp.module.css";

const KEYS = [
  ["enter", "Enter"],
  ["quantity", "3*  *3"],
  ["plusMinus", "+  −"],
  ["arrows", "↑  ↓"],
  ["remove", "Delete"],
  ["member", "F2"],
  ["offers", "F3"],
  ["points", "F4"],
  ["stored", "F6"],
  ["card", "F7"],
  ["pay", "F9"],
  ["tender", "F8"],
  ["held", "F10"],
  ["escape", "Esc"],
  ["help", "?"],
] as const;

/** Beside the work, not over it: the input stays live. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={styles.help} aria-label={t("cashier.keys.title")}>
      <header>
        <strong>{t("cashier.keys.title")}</strong>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          tabIndex={-1}
          onClick={onClose}
          aria-label={t("action.close")}
        />
      </header>
      <dl>
        {KEYS.map(([name, keys]) => (
          <div key={name}>
            <dt>
              {keys.split("  ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`cashier.keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
