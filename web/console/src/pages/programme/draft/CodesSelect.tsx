import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useProgramme } from "../../../api/settings";
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
  const { t } = useTranslation();
  const form = Form.useFormInstance<ProgrammeDocument>();
  const speaker = useSpeaker();
  const listed = (Form.useWatch(of, { form, preserve: true }) ?? []) as ProgrammeDocument["tiers"];
  const live = useProgramme().data?.document[of] ?? [];
  const dropped = value.filter((code) => !listed.some((one) => one.code === code));
  const gone = dropped.map((code) => {
    const known = live.find((one) => one.code === code);
    return { value: code, label: t("draft.gone", { name: known ? nameOf(known.name, speaker) : code }) };
  });
  return (
    <Select<string[]>
      mode="multiple"
      {...(id !== undefined && { id })}
      value={value}
      placeholder={placeholder ?? ""}
      aria-label={placeholder}
      options={[...listed.map(({ code, name }) => ({ value: code, label: nameOf(name, speaker) })), ...gone]}
      onChange={(codes) => onChange?.(codes)}
    />
  );
}
