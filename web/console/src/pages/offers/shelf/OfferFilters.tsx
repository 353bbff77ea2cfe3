import { Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OfferStatus } from "../../../api/types";
import { FilterBar } from "../../../parts/FilterBar";
import { SearchBox } from "../../../parts/SearchBox";
import type { Filters } from "../../../parts/useFilters";
import { GroupSelect } from "../terms/GroupSelect";

export const OFFER_FILTERS = ["q", "status", "group"] as const;
export const STATUSES = ["draft", "published", "paused", "ended"] as const;

export type OfferFilterValues = Filters<(typeof OFFER_FILTERS)[number]>;

const isStatus = (text: string | undefined): text is OfferStatus =>
  STATUSES.some((status) => status === text);

/** An address may hold anything; ask only for what the server knows. */
export const offerQuery = ({ q, status, group }: OfferFilterValues) => ({
  ...(q && { q }),
  ...(isStatus(status) && { status }),
  ...(group && { group }),
});

interface Props {
  values: OfferFilterValues;
  onChange: (changes: OfferFilterValues) => void;
  onClear: () => void;
  tools: ReactNode;
  grouped?: boolean;
}

export function OfferFilters({ values, onChange, onClear, tools, grouped }: Props) {
  const { t } = useTranslation();
  const { q: _searched, ...others } = values;
  return (
    <FilterBar
      active={Object.keys(others).length}
      onClear={onClear}
      tools={tools}
      search={
        <SearchBox value={values.q} onChange={(q) => onChange({ q })} placeholder={t("offers.search")} />
      }
    >
      <Select
        allowClear
        value={isStatus(values.status) ? values.status : null}
        placeholder={t("filter.status")}
        aria-label={t("filter.status")}
        style={{ width: 130 }}
        options={STATUSES.map((value) => ({ value, label: t(`offer.status.${value}`) }))}
        onChange={(status: string | null) => onChange({ status: status ?? "" })}
      />
      {grouped && (
        <GroupSelect
          value={values.group ?? null}
          allowClear
          placeholder={t("offer.group")}
          width={180}
          onChange={(group) => onChange({ group: group ?? "" })}
        />
      )}
    </FilterBar>
  );
}
