import { InputNumber } from "antd";

interface Props {
  /** Basis points. */
  value?: number | null;
  onChange?: (bps: number | null) => void;
  width?: number | string;
  id?: string;
  placeholder?: string;
}

/** A rate, typed in percent with up to two places, given on as whole basis points. */
export function PercentInput({ value, onChange, width = "100%", id, placeholder }: Props) {
  return (
    <InputNumber<number>
      {...(id !== undefined && { id })}
      value={value === null || value === undefined ? null : value / 100}
      min={0}
      max={100}
      precision={2}
      controls={false}
      suffix="%"
      placeholder={placeholder ?? ""}
      aria-label={placeholder}
      style={{ width }}
      formatter={(percent) => (percent === undefined || `${percent}` === "" ? "" : String(Number(percent)))}
      onChange={(percent) => onChange?.(percent === null ? null : Math.round(percent * 100))}
    />
  );
}
