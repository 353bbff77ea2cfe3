import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./programme.module.css";
import { type Said, type SaidDocument, SECTIONS } from "./say/words";

interface Change {
  key: string;
  name: string;
  kind: "added" | "removed" | "changed";
  /** What it no longer says, and what it says now instead. */
  gone: string[];
  come: string[];
}

/** What one document says otherwise than another, item by item. */
function changesOf(before: readonly Said[], after: readonly Said[]): Change[] {
  const old = new Map(before.map((item) => [item.key, item]));
  const now = new Map(after.map((item) => [item.key, item]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): Change[] => {
    const [was, is] = [old.get(key), now.get(key)];
    if (!was) return is ? [{ key, name: is.name, kind: "added", gone: [], come: is.says }] : [];
    if (!is) return [{ key, name: was.name, kind: "removed", gone: [], come: [] }];
    const renamed = was.name !== is.name;
    const gone = [...(renamed ? [was.name] : []), ...was.says.filter((words) => !is.says.includes(words))];
    const come = is.says.filter((words) => !was.says.includes(words));
    if (gone.length + come.length === 0) return [];
    return [{ key, name: is.name, kind: "changed", gone, come }];
  });
}

interface Props {
  before: SaidDocument;
  after: SaidDocument;
  empty?: string;
}

/** What differs between two documents, in words. */
export function Changes({ before, after, empty }: Props) {
  const { t } = useTranslation();
  const found = SECTIONS.map((section) => [section, changesOf(before[section], after[section])] as const);
  const changed = found.filter(([, changes]) => changes.length > 0);
  if (changed.length === 0) return <span className="muted">{empty ?? t("programme.diff.nothing")}</span>;
  return (
    <div className={styles.changes}>
      {changed.map(([section, changes]) => (
        <section key={section}>
          <h3>{t(`programme.section.${section}`)}</h3>
          <ul>
            {changes.map((change) => (
              <li key={change.key}>
                <ChangeWords change={change} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ChangeWords({ change: { name, kind, gone, come } }: { change: Change }) {
  const { t } = useTranslation();
  return (
    <>
      <strong>{name}</strong>{" "}
      {kind !== "changed" && (
        <Tag variant="filled" color={kind === "added" ? "success" : "error"}>
          {t(`programme.diff.${kind}`)}
        </Tag>
      )}
      {gone.length > 0 && <del>{gone.join(" · ")}</del>}
      {gone.length > 0 && come.length > 0 && " → "}
      {come.length > 0 && <ins>{come.join(" · ")}</ins>}
    </>
  );
}
