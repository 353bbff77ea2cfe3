import { InputNumber } from "antd";

interface Props {
  value?: number | null;
  onChange?: (count: number | null) => void;
  min?: number;
  /** What is counted, e.g. pieces. */
  unit?: string;
  placeholder?: string;
  /** What leaving it empty means; its name stands elsewhere. */
  empty?: string;
  width?: number | string;
  id?: string;
  disabled?: boolean;
}

/** A whole number; empty says none, where that means something. */
export function CountInput({
  value,
  onChange,
  min = 1,
  unit,
  placeholder,
  empty,
  width = "100%",
  id,
  disabled,
}: Props) {
  return (
    <InputNumber<number>
      {...(id !== undefined && { id })}
      value={value ?? null}
      min={min}
      precision={0}
      controls={false}
      {...(disabled !== undefined && { disabled })}
      {...(unit !== undefined && { suffix: <span className="muted small">{unit}</span> })}
      placeholder={placeholder ?? empty ?? ""}
      aria-label={placeholder ?? (empty === undefined ? unit : undefined)}
      style={{ width }}
      onChange={(count) => onChange?.(count)}
    />
  );
}
