import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProducts } from "../api/catalog";

interface Named {
  id: string;
  name: string;
}

interface Props {
  value?: string[];
  onChange?: (ids: string[]) => void;
  /** Chosen already; the search may not find them on its first page. */
  known?: readonly Named[];
  placeholder?: string;
  id?: string;
}

/** Some of the products; the server searches. */
export function ProductsSelect({ value = [], onChange, known = [], placeholder, id }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [seen, setSeen] = useState<readonly Option[]>([]);
  const found = useProducts({ q: search || undefined, limit: 30 });
  const options = (found.data?.items ?? []).map(({ id: value, name, sku }) => ({ value, label: name, sku }));
  const chosen = [...known.map(({ id: value, name }) => ({ value, label: name, sku: "" })), ...seen].filter(
    (option, at, all) =>
      value.includes(option.value) &&
      !options.some((other) => other.value === option.value) &&
      all.findIndex((other) => other.value === option.value) === at,
  );
  return (
    <Select<string[], Option>
      mode="multiple"
      {...(id !== undefined && { id })}
      value={value}
      placeholder={placeholder ?? t("pick.products")}
      aria-label={placeholder ?? t("pick.products")}
      loading={found.isFetching}
      showSearch={{ filterOption: false, onSearch: setSearch }}
      options={[...chosen, ...options]}
      optionRender={({ data }) => (
        <span className="spread">
          <span className="ellipsis">{data.label}</span>
          <span className="muted small num">{data.sku}</span>
        </span>
      )}
      onChange={(ids, picked) => {
        setSeen([picked].flat().filter((option): option is Option => option?.value !== undefined));
        onChange?.(ids);
      }}
    />
  );
}

interface Option {
  value: string;
  label: string;
  sku: string;
}
