import { Select } from "antd";

interface Props {
  value?: string[];
  onChange?: (words: string[]) => void;
  placeholder: string;
  options?: readonly { value: string; label: string }[];
  id?: string;
  /** Told what is being typed, where options are looked for by it. */
  onSearch?: ((typed: string) => void) | undefined;
}

/** Several words, typed freely: brands, tags. */
export function WordsSelect({ value = [], onChange, placeholder, options = [], id, onSearch }: Props) {
  return (
    <Select<string[]>
      mode="tags"
      {...(id !== undefined && { id })}
      value={value}
      placeholder={placeholder}
      aria-label={placeholder}
      tokenSeparators={[",", "，", "、", ";"]}
      options={[...options]}
      optionLabelProp={onSearch ? "value" : "label"}
      {...(onSearch && { onSearch, filterOption: false })}
      {...(options.length === 0 && !onSearch && { open: false, suffixIcon: null })}
      onChange={(words) => onChange?.(words.map((word) => word.trim()).filter(Boolean))}
    />
  );
}
