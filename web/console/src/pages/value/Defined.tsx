import type { Definitions } from "../../api/traits";
import { useFormat } from "../../parts/useFormat";
import styles from "./value.module.css";

/** What the words of a panel mean, to be read without asking. */
export function Defined({ definitions, of }: { definitions: Definitions; of?: readonly string[] }) {
  const format = useFormat();
  const told = Object.entries(definitions).filter(([name]) => !of || of.includes(name));
  return (
    <ul className={styles.defined}>
      {told.map(([name, text]) => (
        <li key={name}>{format.text(text)}</li>
      ))}
    </ul>
  );
}
