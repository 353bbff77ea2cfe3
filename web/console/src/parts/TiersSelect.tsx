import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useProgramme } from "../api/settings";
import { useFormat } from "./useFormat";

interface Props {
  value?: string[];
  onChange?: (ids: string[]) => void;
  placeholder?: string;
  id?: string;
}

/** Some of the tiers of the programme. */
export function TiersSelect({ value = [], onChange, placeholder, id }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const programme = useProgramme();
  return (
    <Select<string[]>
      mode="multiple"
      {...(id !== undefined && { id })}
      value={value}
      placeholder={placeholder ?? t("pick.tiers")}
      aria-label={placeholder ?? t("pick.tiers")}
      loading={programme.isFetching}
      options={programme.data?.tiers.map(({ id, name }) => ({ value: id, label: format.text(name) })) ?? []}
      onChange={(ids) => onChange?.(ids)}
    />
  );
}
