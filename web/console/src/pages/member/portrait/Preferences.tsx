import { useTranslation } from "react-i18next";
import type { Portrait } from "../../../api/traits";
import { Panel } from "../../../parts/Panel";
import { EmptyState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import styles from "./portrait.module.css";

/** What she buys most, where, when, and how much of all that is. */
export function Preferences({ preferences }: { preferences: Portrait["preferences"] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const word = (key: string, code: string) => (i18n.exists(key) ? (t as (key: string) => string)(key) : code);
  const said = ({ kind, value, category, store }: Portrait["preferences"][number]) =>
    category?.name ??
    store?.name ??
    (kind === "channel" ? label("channel", value) : word(`builder.codes.${kind}.${value}`, value));
  return (
    <Panel title={t("portrait.preferences")} definition={t("portrait.preferencesHint")}>
      {preferences.length === 0 ? (
        <EmptyState title={t("portrait.noPreferences")} />
      ) : (
        <ul className={styles.liked}>
          {preferences.map((each) => (
            <li key={each.kind}>
              <span className="muted small">{word(`portrait.kinds.${each.kind}`, each.kind)}</span>
              <span className="ellipsis">{said(each)}</span>
              <span className={styles.share}>
                <span style={{ width: `${each.share_bps / 100}%` }} />
              </span>
              <span className="num muted small">{format.percent(each.share_bps)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
