import { useTranslation } from "react-i18next";
import type { ClearingStatement } from "../../api/clearing";
import { Money } from "../../parts/Money";
import { Definition, Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import styles from "./clearing.module.css";

/** What it is all about, with what each reason means. */
export function Reasons({ statement }: { statement: ClearingStatement }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("clearing.reasons.title")}>
      <ul className={styles.reasons}>
        {statement.reasons.map(({ reason, label, entries, amount_minor }) => (
          <li key={reason} className="spread">
            <span>
              {format.text(label)} <Definition text={t(`clearing.reason.${reason}`)} />
              <small>{t("clearing.entries", { count: entries, number: format.number(entries) })}</small>
            </span>
            <Money minor={amount_minor} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
