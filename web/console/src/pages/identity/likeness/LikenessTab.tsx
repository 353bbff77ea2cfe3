import styles from "../identity.module.css";
import { Acceptances } from "./Acceptances";
import { Searches } from "./Searches";

/** Members who are alike: searching for them, and accepting many of those found at once. */
export function LikenessTab() {
  return (
    <div className={styles.panels}>
      <Searches />
      <Acceptances />
    </div>
  );
}
