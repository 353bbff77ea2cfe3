import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import { useFormat } from "./useFormat";

dayjs.extend(utc);
dayjs.extend(timezone);

const WALL = "YYYY-MM-DDTHH:mm:ss";

interface Props {
  /** An instant, as the API writes it. */
  value?: string | null;
  onChange?: (instant: string | null) => void;
  placeholder?: string;
  id?: string;
  disabled?: boolean;
}

/** A moment on the merchant's clocks, wherever the browser is; given on as an instant. */
export function MomentInput({ value, onChange, placeholder, id, disabled }: Props) {
  const { timeZone } = useFormat();
  // The picker knows only local time: it is shown the merchant's wall clock as if it were local.
  const shown = value ? dayjs(dayjs(value).tz(timeZone).format(WALL)) : null;
  const told = (picked: Dayjs | null) =>
    onChange?.(picked ? dayjs.tz(picked.format(WALL), timeZone).toISOString() : null);
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      value={shown}
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      placeholder={placeholder ?? ""}
      aria-label={placeholder}
      disabled={disabled ?? false}
      style={{ width: "100%" }}
      onChange={told}
    />
  );
}
