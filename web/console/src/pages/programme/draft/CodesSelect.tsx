import { Form, Select } from "antd";
import type { ProgrammeDocument } from "../../../api/types";
import { useSpeaker } from "../say/useSayDocument";
import { nameOf } from "../say/words";

interface Props {
  of: "tiers" | "plans";
  value?: string[];
  onChange?: (codes: string[]) => void;
  placeholder?: string;
  id?: string;
}

/** Some of the tiers or plans of the draft itself, by their codes. */
export function CodesSelect({ of, value = [], onChange, placeholder, id }: Props) {
  const form = Form.useFormInstance<ProgrammeDocument>();
  const speaker = useSpeaker();
  const listed = (Form.useWatch(of, { form, preserve: true }) ?? []) as ProgrammeDocument["tiers"];
  return (
    <Select<string[]>
      mode="multiple"
      {...(id !== undefined && { id })}
      value={value}
      placeholder={placeholder ?? ""}
      aria-label={placeholder}
      options={listed.map(({ code, name }) => ({ value: code, label: nameOf(name, speaker) }))}
      onChange={(codes) => onChange?.(codes)}
    />
  );
}
