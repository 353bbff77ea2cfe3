import { Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useProgramme } from "../../api/settings";
import { useCan } from "../../app/session";
import { DayRange } from "../../parts/DayRange";
import { FilterBar } from "../../parts/FilterBar";
import { SearchBox } from "../../parts/SearchBox";
import { StoreSelect } from "../../parts/StoreSelect";
import type { Filters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";

export const MEMBER_FILTERS = [
  "q",
  "tier_id",
  "store_id",
  "channel",
  "joined_from",
  "joined_to",
  "last_order_from",
  "last_order_to",
] as const;

type Values = Filters<(typeof MEMBER_FILTERS)[number]>;

const CHANNELS = ["pos", "import", "console", "api"] as const;

interface Props {
  values: Values;
  onChange: (changes: Values) => void;
  onClear: () => void;
  tools: ReactNode;
}

export function MemberFilters({ values, onChange, onClear, tools }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const can = useCan();
  const programme = useProgramme(can("programme.read"));
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
          placeholder={t("members.search")}
          width={300}
        />
      }
    >
      {can("programme.read") && (
        <Select
          allowClear
          value={values.tier_id ?? null}
          placeholder={t("filter.tier")}
          aria-label={t("filter.tier")}
          style={{ width: 130 }}
          options={
            programme.data?.tiers.map((tier) => ({ value: tier.id, label: format.text(tier.name) })) ?? []
          }
          onChange={(tier_id: string | null) => onChange({ tier_id: tier_id ?? "" })}
        />
      )}
      <StoreSelect
        value={values.store_id}
        onChange={(store_id) => onChange({ store_id: store_id ?? "" })}
        width={180}
      />
      <Select
        allowClear
        value={values.channel ?? null}
        placeholder={t("filter.channel")}
        aria-label={t("filter.channel")}
        style={{ width: 110 }}
        options={CHANNELS.map((channel) => ({ value: channel, label: label("channel", channel) }))}
        onChange={(channel: string | null) => onChange({ channel: channel ?? "" })}
      />
      <DayRange
        label={t("members.lastOrder")}
        from={values.last_order_from}
        to={values.last_order_to}
        onChange={(from, to) => onChange({ last_order_from: from ?? "", last_order_to: to ?? "" })}
      />
      <DayRange
        label={t("members.joined")}
        from={values.joined_from}
        to={values.joined_to}
        onChange={(from, to) => onChange({ joined_from: from ?? "", joined_to: to ?? "" })}
      />
    </FilterBar>
  );
}
