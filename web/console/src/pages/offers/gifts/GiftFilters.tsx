import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useCan } from "../../../app/session";
import { FilterBar } from "../../../parts/FilterBar";
import { MemberSelect } from "../../../parts/MemberSelect";
import type { Filters } from "../../../parts/useFilters";

export const GIFT_FILTERS = ["status", "of", "member"] as const;

type Values = Filters<(typeof GIFT_FILTERS)[number]>;

interface Props {
  values: Values;
  statuses: { value: string; label: string }[];
  /** What was given: templates, or campaigns. */
  options: { value: string; label: string }[];
  what: string;
  /** Members in sight, so that one who was asked for has a name. */
  known: readonly { id: string; name: string | null; number: string }[];
  onChange: (changes: Values) => void;
  onClear: () => void;
}

/** By how it stands, what it is, and who gave or got it. */
export function GiftFilters(props: Props) {
  const { values, statuses, options, what, known, onChange, onClear } = props;
  const { t } = useTranslation();
  const can = useCan();
  return (
    <FilterBar
      active={Object.keys(values).length}
      onClear={onClear}
      search={
        <Select
          allowClear
          value={values.status ?? null}
          placeholder={t("filter.status")}
          aria-label={t("filter.status")}
          style={{ width: 150 }}
          options={statuses}
          onChange={(status: string | null) => onChange({ status: status ?? "" })}
        />
      }
    >
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={values.of ?? null}
        placeholder={what}
        aria-label={what}
        style={{ width: 200 }}
        options={options}
        onChange={(of: string | null) => onChange({ of: of ?? "" })}
      />
      {can("members.read") && (
        <MemberSelect
          value={values.member ? [values.member] : []}
          most={1}
          width={240}
          known={known.filter(({ id }) => id === values.member).slice(0, 1)}
          onChange={([member]) => onChange({ member: member ?? "" })}
        />
      )}
    </FilterBar>
  );
}
