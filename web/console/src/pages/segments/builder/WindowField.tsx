import { Select, Space } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { DayRange } from "../../../parts/DayRange";
import styles from "./builder.module.css";
import { type DraftWindow, type LastUnit, lastDays } from "./model/draft";

const WINDOWS = ["last", "before", "ever", "days", "since_last_order", "same_last_year"] as const;
const UNITS: readonly LastUnit[] = ["days", "weeks", "months"];

interface Props {
  window: DraftWindow;
  onChange: (window: DraftWindow) => void;
  /** The same days for all members. */
  fixed?: boolean;
}

/** When it was done. */
export function WindowField({ window, onChange, fixed }: Props) {
  const { t } = useTranslation();
  const choose = (next: DraftWindow["window"]) => {
    const counted = "count" in window ? window : lastDays(30);
    const { count, unit } = counted as { count: number | null; unit: LastUnit };
    if (next === "last" || next === "before") onChange({ window: next, count, unit });
    else if (next === "days") onChange({ window: "days", first: undefined, last: undefined });
    else if (next === "same_last_year") onChange({ window: next, of: { window: "last", count, unit } });
    else onChange({ window: next });
  };
  const inner = window.window === "same_last_year" ? window.of : window;
  const put = (next: typeof inner) =>
    onChange(
      window.window === "same_last_year" && (next.window === "last" || next.window === "days")
        ? { window: "same_last_year", of: next }
        : next,
    );
  return (
    <>
      <Space.Compact className={styles.window ?? ""}>
        <Select<DraftWindow["window"]>
          value={window.window}
          aria-label={t("builder.window")}
          popupMatchSelectWidth={false}
          options={WINDOWS.filter((value) => !fixed || value !== "since_last_order").map((value) => ({
            value,
            label: t(`builder.windows.${value}`),
          }))}
          onChange={choose}
        />
        {(inner.window === "last" || inner.window === "before") && (
          <>
            <CountInput
              value={inner.count}
              placeholder={t("builder.window")}
              width={62}
              onChange={(count) => put({ ...inner, count })}
            />
            <Select<LastUnit>
              value={inner.unit}
              aria-label={t("builder.unit")}
              popupMatchSelectWidth={false}
              options={UNITS.map((value) => ({ value, label: t(`builder.units.${value}`) }))}
              onChange={(unit) => put({ ...inner, unit })}
            />
          </>
        )}
      </Space.Compact>
      {inner.window === "days" && (
        <DayRange
          from={inner.first}
          to={inner.last}
          label={t("builder.window")}
          onChange={(first, last) => put({ window: "days", first, last })}
        />
      )}
    </>
  );
}
