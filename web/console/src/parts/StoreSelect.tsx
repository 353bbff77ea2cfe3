import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStores } from "../api/stores";
import type { StoreRef } from "../api/types";
import { useCan, useSession } from "../app/session";

interface Props {
  value?: string | undefined;
  onChange?: (id: string | undefined, name: string | undefined) => void;
  /** Chosen already; the search may not find it on its first page. */
  known?: StoreRef | null;
  allowClear?: boolean;
  placeholder?: string;
  width?: number | string;
  /** Of an input that has a label of its own. */
  id?: string;
}

/** One of the stores that this person may see; a chain may have hundreds, so the server searches. */
export function StoreSelect({
  value,
  onChange,
  known,
  allowClear = true,
  placeholder,
  width = 200,
  id,
}: Props) {
  const { t } = useTranslation();
  const session = useSession();
  const can = useCan();
  const [search, setSearch] = useState("");
  const asks = session.stores === null && can("stores.read");
  const found = useStores({ limit: 50, q: search || undefined }, asks);
  const listed = asks ? (found.data?.items ?? []) : (session.stores ?? []);
  const missing = known && known.id === value && !search && !listed.some((store) => store.id === known.id);
  const stores = missing ? [known, ...listed] : listed;
  return (
    <Select
      {...(id !== undefined && { id })}
      value={value || undefined}
      allowClear={allowClear}
      placeholder={placeholder ?? t("filter.store")}
      aria-label={placeholder ?? (id === undefined ? t("filter.store") : undefined)}
      style={{ width }}
      showSearch={{ filterOption: asks ? false : labelled, onSearch: setSearch }}
      loading={asks && found.isFetching}
      options={stores.map((store) => ({ value: store.id, label: storeLabel(store) }))}
      onChange={(picked: string | undefined) =>
        onChange?.(picked, stores.find((store) => store.id === picked)?.name)
      }
    />
  );
}

const labelled = (text: string, option?: { label: string }) =>
  option?.label.toLowerCase().includes(text.toLowerCase()) ?? false;

/** The code is part of many names already; say it once. */
export const storeLabel = ({ code, name }: { code: string; name: string }) =>
  name.includes(code) ? name : `${name} · ${code}`;
