import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import styles from "./terms.module.css";

type Span = number[];

interface Props {
  /** Spans of minutes of the day, `[from, to)`; one that ends before it begins goes on after midnight. */
  value?: Span[];
  onChange?: (spans: Span[]) => void;
}

const MIDNIGHT = 24 * 60;
const clock = (minute: number) => dayjs("2000-01-01").add(minute % MIDNIGHT, "minute");
const minuteOf = (time: Dayjs) => time.hour() * 60 + time.minute();

export function HoursInput({ value = [], onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, span: Span) => onChange?.(value.map((old, index) => (index === at ? span : old)));
  return (
    <div style={{ display: "grid", gap: 6, justifyItems: "start" }}>
      {value.map(([first = 0, last = MIDNIGHT], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span is known by its place only
        <span key={at} className={styles.hours}>
          <TimePicker.RangePicker
            value={[clock(first), clock(last)]}
            order={false}
            format="HH:mm"
            minuteStep={5}
            allowClear={false}
            needConfirm={false}
            style={{ width: 180 }}
            onChange={(picked) => {
              const [from, to] = picked ?? [];
              if (from && to) put(at, [minuteOf(from), minuteOf(to) || MIDNIGHT]);
            }}
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t("action.remove")}
            onClick={() => onChange?.(value.filter((_, index) => index !== at))}
          />
        </span>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange?.([...value, [10 * 60, 12 * 60]])}
      >
        {t("offer.when.addHours")}
      </Button>
    </div>
  );
}
