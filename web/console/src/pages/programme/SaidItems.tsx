import type { ReactNode } from "react";
import styles from "./programme.module.css";
import type { Said } from "./say/words";

interface Props {
  items: readonly Said[];
  /** Beside an item. */
  extra?: (item: Said, index: number) => ReactNode;
  onPick?: (index: number) => void;
}

/** Rules, benefits, plans: a name each, and what it says. */
export function SaidItems({ items, extra, onPick }: Props) {
  return (
    <ul className={styles.items}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: while it is written, a code may stand twice
        <li key={`${item.key} ${index}`}>
          {onPick ? (
            <button type="button" className={styles.pick} onClick={() => onPick(index)}>
              <Words item={item} />
            </button>
          ) : (
            <div>
              <Words item={item} />
            </div>
          )}
          {extra?.(item, index)}
        </li>
      ))}
    </ul>
  );
}

function Words({ item }: { item: Said }) {
  return (
    <>
      <strong>{item.name}</strong>
      <p>{item.says.join(" · ")}</p>
    </>
  );
}

/** A policy: rows of what is decided and how. */
export function SaidRows({ rows }: { rows: readonly Said[] }) {
  return (
    <dl className={styles.rows}>
      {rows.map(({ key, name, says }) => (
        <div key={key} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{says.join(" · ")}</dd>
        </div>
      ))}
    </dl>
  );
}
