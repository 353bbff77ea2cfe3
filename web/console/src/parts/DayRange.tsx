import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { usePhone } from "./usePhone";

interface Props {
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string | undefined, to: string | undefined) => void;
  label: string;
  allowClear?: boolean;
}

const DAY = "YYYY-MM-DD";
const read = (text: string | undefined) => (text ? dayjs(text, DAY) : null);
const write = (day: dayjs.Dayjs | null | undefined) => day?.format(DAY);

/** Business days from and to; on a phone two pickers, since the double calendar does not fit. */
export function DayRange({ from, to, onChange, label, allowClear = true }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  if (phone) {
    return (
      <fieldset style={{ display: "flex", gap: 8, flexWrap: "wrap", margin: 0, padding: 0, border: 0 }}>
        <legend className="muted">{label}</legend>
        <DatePicker
          style={{ flex: 1 }}
          value={read(from)}
          allowClear={allowClear}
          placeholder={t("filter.from")}
          onChange={(day) => onChange(write(day), to)}
        />
        <DatePicker
          style={{ flex: 1 }}
          value={read(to)}
          allowClear={allowClear}
          placeholder={t("filter.to")}
          onChange={(day) => onChange(from, write(day))}
        />
      </fieldset>
    );
  }
  return (
    <DatePicker.RangePicker
      aria-label={label}
      value={[read(from), read(to)]}
      allowClear={allowClear}
      allowEmpty={allowClear ? [true, true] : [false, false]}
      placeholder={[`${label} ${t("filter.from")}`, t("filter.to")]}
      style={{ width: 264 }}
      onChange={(days) => onChange(write(days?.[0]), write(days?.[1]))}
    />
  );
}
