import { InputNumber } from "antd";

interface Props {
  /** Basis points: 12 000 is 1.2 times. */
  value?: number | null;
  onChange?: (bps: number | null) => void;
  placeholder?: string;
  id?: string;
}

/** A factor, typed as 1.2, given on as whole basis points. */
export function TimesInput({ value, onChange, placeholder, id }: Props) {
  return (
    <InputNumber<number>
      {...(id !== undefined && { id })}
      value={value === null || value === undefined ? null : value / 10_000}
      min={0}
      max={100}
      precision={4}
      controls={false}
      prefix={<span className="muted">×</span>}
      placeholder={placeholder ?? ""}
      aria-label={placeholder}
      style={{ width: "100%" }}
      formatter={(times) => (times === undefined || `${times}` === "" ? "" : String(Number(times)))}
      onChange={(times) => onChange?.(times === null ? null : Math.round(times * 10_000))}
    />
  );
}
