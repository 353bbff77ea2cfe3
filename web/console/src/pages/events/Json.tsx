import { Typography } from "antd";
import styles from "./events.module.css";

/** What was sent, laid out; what is no JSON as it came. */
export function Json({ title, text }: { title: string; text: string }) {
  return (
    <section className={styles.part}>
      <h3 className="spread">
        {title}
        <Typography.Text copyable={{ text }} />
      </h3>
      <pre className={styles.json}>{pretty(text)}</pre>
    </section>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
