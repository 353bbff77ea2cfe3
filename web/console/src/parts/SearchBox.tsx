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
  const [said, setSaid] = useState(value);
  const [seen, setSeen] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (seen !== value) {
    setSeen(value);
    // What was said here comes back as the value while more is being typed: that stays.
    if (value !== said) {
      setSaid(value);
      setText(value);
    }
  }
  const say = (typed: string) => {
    clearTimeout(pause.current);
    const words = typed.trim();
    setSaid(words);
    if (words !== value) onChange(words);
  };
  const latest = useRef(say);
  latest.current = say;
  useEffect(() => () => clearTimeout(pause.current), []);
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
      onChange={({ target }) => {
        setText(target.value);
        clearTimeout(pause.current);
        pause.current = setTimeout(() => latest.current(target.value), PAUSE_MS);
      }}
      onPressEnter={() => say(text)}
    />
  );
}
