import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useGroups } from "../../../api/groups";
import { useFormat } from "../../../parts/useFormat";

interface Props {
  value?: string | null;
  onChange?: (code: string | null) => void;
  allowClear?: boolean;
  placeholder?: string;
  width?: number | string;
  id?: string;
}

/** The name of a stacking group. The default group exists without having been written down. */
export function useGroupName() {
  const { t } = useTranslation();
  const format = useFormat();
  const groups = useGroups();
  return (code: string) => {
    const group = groups.data?.items.find((one) => one.code === code);
    if (group) return format.text({ zh: group.name.zh ?? "", en: group.name.en ?? "" }) || code;
    return isBuiltIn(code) ? t(`stacking.builtIn.${code}`) : code;
  };
}

const BUILT_IN = ["member_price", "tier", "default"] as const;
const isBuiltIn = (code: string): code is (typeof BUILT_IN)[number] => BUILT_IN.some((one) => one === code);

export function GroupSelect({ value, onChange, allowClear = false, placeholder, width = "100%", id }: Props) {
  const groups = useGroups();
  const name = useGroupName();
  const codes = ["default", ...(groups.data?.items ?? []).map(({ code }) => code)];
  return (
    <Select<string | null>
      {...(id !== undefined && { id })}
      value={value ?? null}
      allowClear={allowClear}
      placeholder={placeholder ?? ""}
      aria-label={placeholder}
      style={{ width }}
      options={[...new Set(codes)].map((code) => ({ value: code, label: name(code) }))}
      onChange={(code) => onChange?.(code ?? null)}
    />
  );
}
