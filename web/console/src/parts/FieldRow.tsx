import type { ReactNode } from "react";
import styles from "./FieldRow.module.css";

/** Fields of a form beside each other, below each other where it is narrow. */
export function FieldRow({ children, least = 180 }: { children: ReactNode; least?: number }) {
  return (
    <div
      className={styles.row}
      style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${least}px), 1fr))` }}
    >
      {children}
    </div>
  );
}
