import { Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrderRow } from "../../api/types";
import { DayRange } from "../../parts/DayRange";
import { FilterBar } from "../../parts/FilterBar";
import { MoneyInput } from "../../parts/MoneyInput";
import { SearchBox } from "../../parts/SearchBox";
import { StoreSelect } from "../../parts/StoreSelect";
import type { Filters } from "../../parts/useFilters";
import { useLabel } from "../../parts/useLabel";

export const ORDER_FILTERS = ["q", "from", "to", "store_id", "status", "min_minor", "max_minor"] as const;

type Values = Filters<(typeof ORDER_FILTERS)[number]>;

interface Props {
  values: Values;
  onChange: (changes: Values) => void;
  onClear: () => void;
  tools: ReactNode;
}

const STATUSES = ["pending", "paid", "partially_refunded", "refunded", "cancelled"] as const;

const isStatus = (text: string | undefined): text is OrderRow["status"] =>
  STATUSES.some((status) => status === text);

const minor = (text: string | undefined) => (text && /^\d+$/.test(text) ? Number(text) : null);

export function OrderFilters({ values, onChange, onClear, tools }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const { q: _searched, ...others } = values;
  return (
    <FilterBar
      active={Object.keys(others).length}
      onClear={onClear}
      tools={tools}
      search={
        <SearchBox
          value={values.q}
          onChange={(q) => onChange({ q })}
          placeholder={t("orders.search")}
          width={250}
        />
      }
    >
      <DayRange
        label={t("orders.day")}
        from={values.from}
        to={values.to}
        onChange={(from, to) => onChange({ from: from ?? "", to: to ?? "" })}
      />
      <StoreSelect
        value={values.store_id}
        onChange={(store_id) => onChange({ store_id: store_id ?? "" })}
        width={180}
      />
      <Select
        allowClear
        value={isStatus(values.status) ? values.status : null}
        placeholder={t("filter.status")}
        aria-label={t("filter.status")}
        style={{ width: 120 }}
        options={STATUSES.map((value) => ({ value, label: label("orderStatus", value) }))}
        onChange={(status: string | null) => onChange({ status: status ?? "" })}
      />
      <MoneyInput
        value={minor(values.min_minor)}
        placeholder={t("orders.minMinor")}
        width={140}
        onChange={(value) => onChange({ min_minor: value === null ? "" : String(value) })}
      />
      <MoneyInput
        value={minor(values.max_minor)}
        placeholder={t("orders.maxMinor")}
        width={140}
        onChange={(value) => onChange({ max_minor: value === null ? "" : String(value) })}
      />
    </FilterBar>
  );
}

/** The address holds text; the API takes whole minor units. */
export const orderQuery = ({ min_minor, max_minor, status, ...rest }: Values) => ({
  ...rest,
  ...(isStatus(status) && { status }),
  ...(minor(min_minor) !== null && { min_minor: Number(min_minor) }),
  ...(minor(max_minor) !== null && { max_minor: Number(max_minor) }),
});
