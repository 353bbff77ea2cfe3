import { Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { DayRange } from "../../parts/DayRange";
import { StoreSelect } from "../../parts/StoreSelect";
import { usePhone } from "../../parts/usePhone";
import styles from "./PeriodBar.module.css";
import { PRESETS, type Preset } from "./period";
import type { usePeriod } from "./usePeriod";

export function PeriodBar({ query, preset, pick, pickDays, pickStore }: ReturnType<typeof usePeriod>) {
  const { t } = useTranslation();
  const phone = usePhone();
  const options = PRESETS.map((value) => ({ value, label: t(`dashboard.period.${value}`) }));
  return (
    <div className={styles.bar}>
      {phone ? (
        <Select
          value={preset}
          aria-label={t("dashboard.period.custom")}
          options={[...options, { value: "custom" as const, label: t("dashboard.period.custom") }]}
          onChange={(value) => (value === "custom" ? pickDays(query.from, query.to) : pick(value))}
        />
      ) : (
        <Segmented<Preset | "custom">
          value={preset}
          options={options}
          onChange={(value) => value !== "custom" && pick(value)}
        />
      )}
      <StoreSelect
        value={query.store_id}
        onChange={pickStore}
        placeholder={t("dashboard.allStores")}
        width={phone ? "100%" : 200}
      />
      {(!phone || preset === "custom") && (
        <DayRange
          from={query.from}
          to={query.to}
          onChange={pickDays}
          label={t("dashboard.period.custom")}
          allowClear={false}
        />
      )}
    </div>
  );
}
