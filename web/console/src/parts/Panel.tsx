import { QuestionCircleOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import styles from "./Panel.module.css";

interface Props {
  title?: ReactNode;
  /** What the figures here mean. */
  definition?: string;
  extra?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
  flush?: boolean;
}

/** A titled box of a page. */
export function Panel({ title, definition, extra, children, className, flush }: Props) {
  return (
    <section className={`${styles.panel} ${className ?? ""}`} data-flush={flush || undefined}>
      {title !== undefined && (
        <header>
          <h2>
            {title}
            {definition && <Definition text={definition} />}
          </h2>
          {extra}
        </header>
      )}
      <div className={styles.body}>{children}</div>
    </section>
  );
}

export function Definition({ text }: { text: string }) {
  return (
    <Tooltip title={text} trigger={["hover", "focus", "click"]}>
      <button type="button" className={styles.help} aria-label={text}>
        <QuestionCircleOutlined />
      </button>
    </Tooltip>
  );
}
