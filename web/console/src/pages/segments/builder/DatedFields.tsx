import { Select, Space } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { DayRange } from "../../../parts/DayRange";
import styles from "./builder.module.css";
import type { DatedDraft, DraftNear, LastUnit } from "./model/draft";

const WINDOWS: readonly DraftNear["window"][] = ["next", "last", "this_month", "days"];
const UNITS: readonly LastUnit[] = ["days", "weeks", "months"];

/** Where a day of hers lies, seen from today; of birthdays the year never counts. */
export function DatedFields({
  draft,
  onChange,
}: {
  draft: DatedDraft;
  onChange: (draft: DatedDraft) => void;
}) {
  const { t } = useTranslation();
  const { days } = draft;
  const put = (next: DraftNear) => onChange({ ...draft, days: next });
  const choose = (window: DraftNear["window"]) => {
    const { count, unit } = "count" in days ? days : { count: 7, unit: "days" as const };
    if (window === "next" || window === "last") put({ window, count, unit });
    else put(window === "days" ? { window, first: undefined, last: undefined } : { window });
  };
  return (
    <>
      {draft.day !== "birthday" && (
        <Select<"yearly" | "once">
          value={draft.yearly ? "yearly" : "once"}
          aria-label={t("builder.dated.which")}
          popupMatchSelectWidth={false}
          options={(["yearly", "once"] as const).map((value) => ({
            value,
            label: t(`builder.dated.${value}`),
          }))}
          onChange={(which) => onChange({ ...draft, yearly: which === "yearly" })}
        />
      )}
      <Space.Compact className={styles.window ?? ""}>
        <Select<DraftNear["window"]>
          value={days.window}
          aria-label={t("builder.window")}
          popupMatchSelectWidth={false}
          options={WINDOWS.map((value) => ({ value, label: t(`builder.dated.windows.${value}`) }))}
          onChange={choose}
        />
        {(days.window === "next" || days.window === "last") && (
          <>
            <CountInput
              value={days.count}
              placeholder={t("builder.window")}
              width={62}
              onChange={(count) => put({ ...days, count })}
            />
            <Select<LastUnit>
              value={days.unit}
              aria-label={t("builder.unit")}
              popupMatchSelectWidth={false}
              options={UNITS.map((value) => ({ value, label: t(`builder.units.${value}`) }))}
              onChange={(unit) => put({ ...days, unit })}
            />
          </>
        )}
      </Space.Compact>
      {days.window === "days" && (
        <DayRange
          from={days.first}
          to={days.last}
          label={t("builder.window")}
          onChange={(first, last) => put({ window: "days", first, last })}
        />
      )}
    </>
  );
}
