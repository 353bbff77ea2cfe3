import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useRef, useState } from "react";

interface Props {
  value: string | undefined;
  onChange: (value: string) => void;
  placeholder: string;
  width?: number;
}

const PAUSE_MS = 250;

/** Searches when the typing pauses, or at once on Enter. `/` puts the cursor here. */
export function SearchBox({ value = "", onChange, placeholder, width = 280 }: Props) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing = (event.target as Element | null)?.closest?.("input,textarea,[contenteditable]");
      if (event.key !== "/" || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);
  return (
    <Input
      ref={(instance) => {
        input.current = instance?.input ?? null;
      }}
      allowClear
      prefix={<SearchOutlined className="muted" />}
      value={text}
      placeholder={placeholder}
      aria-label={placeholder}
      style={{ width }}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => onChange(text.trim())}
    />
  );
}
