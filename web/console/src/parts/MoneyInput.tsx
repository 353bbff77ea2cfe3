import { Input } from "antd";
import { useState } from "react";
import { currencyDigits, minorToDecimal, parseMinor } from "./format";
import { useFormat } from "./useFormat";

interface Props {
  value?: number | null;
  onChange?: (minor: number | null) => void;
  placeholder?: string;
  /** What leaving it empty means; its name stands elsewhere. */
  empty?: string;
  width?: number | string;
  id?: string;
}

/** An amount, typed as people write it, given on as whole minor units. Reports when it is left. */
export function MoneyInput({ value, onChange, placeholder, empty, width = "100%", id }: Props) {
  const { currency } = useFormat();
  const digits = currencyDigits(currency);
  const shown = value === null || value === undefined ? "" : minorToDecimal(value, digits);
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? shown;
  const wrong = text.trim() !== "" && parseMinor(text, digits) === null;
  const settle = () => {
    if (draft === null || wrong) return;
    onChange?.(draft.trim() === "" ? null : parseMinor(draft, digits));
    setDraft(null);
  };
  return (
    <Input
      {...(id !== undefined && { id })}
      value={text}
      inputMode="decimal"
      placeholder={placeholder ?? empty ?? ""}
      aria-label={placeholder}
      status={wrong ? "error" : ""}
      suffix={<span className="muted small">{currency}</span>}
      style={{ width }}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={settle}
      onPressEnter={settle}
    />
  );
}
