import { useTranslation } from "react-i18next";
import { changesBetween, type Snapshot, valueText } from "./changes";
import styles from "./Diff.module.css";

interface Props {
  before: Snapshot;
  after: Snapshot;
}

/** Field by field, what was and what is. */
export function Diff({ before, after }: Props) {
  const { t } = useTranslation();
  const changes = changesBetween(before, after);
  if (changes.length === 0) return <p className="muted">{t("audit.noChanges")}</p>;
  return (
    <table className={styles.diff}>
      <thead>
        <tr>
          <th scope="col">{t("audit.field")}</th>
          <th scope="col">{t("audit.before")}</th>
          <th scope="col">{t("audit.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{change.field}</th>
            <td>
              {change.before !== undefined && change.before !== null && <del>{valueText(change.before)}</del>}
            </td>
            <td>
              {change.after !== undefined && change.after !== null && <ins>{valueText(change.after)}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const SHOWN = 4;

export function DiffSummary({ before, after }: Props) {
  const names = changesBetween(before, after).map(({ field }) => field);
  const more = names.length > SHOWN ? ` +${names.length - SHOWN}` : "";
  return (
    <span className="muted small">
      {names.slice(0, SHOWN).join(", ")}
      {more}
    </span>
  );
}
