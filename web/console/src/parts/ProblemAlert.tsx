import { Alert } from "antd";
import { useProblemWords } from "./states";

/** A refusal that belongs to a whole form. */
export function ProblemAlert({ error }: { error: unknown }) {
  const words = useProblemWords();
  if (!error) return null;
  const { title, detail } = words(error);
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={detail}
      style={{ marginBottom: 16 }}
      role="alert"
    />
  );
}
