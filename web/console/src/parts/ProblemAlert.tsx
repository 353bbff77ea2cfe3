import { Alert, type FormInstance } from "antd";
import { allPlaced } from "./formProblems";
import { useProblemWords } from "./states";

interface Props {
  error: unknown;
  /** The form that shows remarks about its fields itself. */
  form?: FormInstance;
}

/** A refusal that belongs to a whole form. */
export function ProblemAlert({ error, form }: Props) {
  const words = useProblemWords();
  if (!error || (form && allPlaced(form, error))) return null;
  return (
    <Alert type="error" showIcon title={words(error).detail} style={{ marginBottom: 16 }} role="alert" />
  );
}
