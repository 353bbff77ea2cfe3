import { WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Text } from "../../../api/types";
import { useFormat } from "../../../parts/useFormat";
import styles from "../offers.module.css";

interface Props {
  problems: readonly { path: string; message: Text }[];
  onPick?: (path: string) => void;
}

/** What is still missing or contradicts itself; each leads to its field. */
export function ProblemList({ problems, onPick }: Props) {
  const format = useFormat();
  return (
    <ul className={styles.problems}>
      {problems.map(({ path, message }) => (
        <li key={`${path} ${message.en}`}>
          <WarningOutlined />
          {onPick ? (
            <Button
              type="link"
              size="small"
              style={{ padding: 0, height: "auto", whiteSpace: "normal", textAlign: "start" }}
              onClick={() => onPick(path)}
            >
              {format.text(message)}
            </Button>
          ) : (
            <span>{format.text(message)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
