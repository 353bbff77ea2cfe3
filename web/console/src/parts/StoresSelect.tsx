import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStores } from "../api/stores";
import type { StoreRef } from "../api/types";
import { storeLabel } from "./StoreSelect";

interface Props {
  value?: string[];
  onChange?: (ids: string[]) => void;
  /** Chosen already; the search may not find them on its first page. */
  known?: readonly StoreRef[];
  /** At most one. */
  single?: boolean;
  placeholder?: string;
  id?: string;
}

/** Some of the stores of the chain. */
export function StoresSelect({ value = [], onChange, known = [], single, placeholder, id }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [seen, setSeen] = useState<readonly { value: string; label: string }[]>([]);
  const found = useStores({ limit: 50, q: search || undefined });
  const options = (found.data?.items ?? []).map((store) => ({ value: store.id, label: storeLabel(store) }));
  const chosen = [...known.map((store) => ({ value: store.id, label: storeLabel(store) })), ...seen].filter(
    (option, at, all) =>
      value.includes(option.value) &&
      !options.some((other) => other.value === option.value) &&
      all.findIndex((other) => other.value === option.value) === at,
  );
  return (
    <Select
      mode="multiple"
      {...(id !== undefined && { id })}
      {...(single && { maxCount: 1 })}
      value={value}
      placeholder={placeholder ?? ""}
      aria-label={placeholder ?? t("staff.stores")}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      options={[...chosen, ...options]}
      onChange={(ids: string[], picked) => {
        setSeen((Array.isArray(picked) ? picked : [picked]).filter((option) => option !== undefined));
        onChange?.(ids);
      }}
    />
  );
}
