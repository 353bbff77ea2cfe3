import { useMemo } from "react";
import type { ReportQuery } from "../../api/reports";
import { useSession } from "../../app/session";
import { useFilters } from "../../parts/useFilters";
import {
  addDays,
  closingDay,
  DEFAULT_PRESET,
  isPreset,
  type Period,
  type Preset,
  periodOf,
  todayIn,
} from "./period";

const NAMES = ["period", "from", "to", "store_id"] as const;

/** Which days and which store the dashboard shows; kept in the address. */
export function usePeriod(latest: string | null | undefined) {
  const { merchant } = useSession();
  const { filters, setFilters } = useFilters(NAMES);
  const today = todayIn(merchant?.timezone ?? "UTC");
  const closing = closingDay(today, latest);
  const custom = filters.from !== undefined && filters.to !== undefined;
  const preset: Preset | "custom" = custom
    ? "custom"
    : isPreset(filters.period)
      ? filters.period
      : DEFAULT_PRESET;
  const query: ReportQuery = useMemo(() => {
    const period: Period =
      preset === "custom"
        ? { from: filters.from ?? today, to: filters.to ?? today }
        : periodOf(preset, today, closing);
    return filters.store_id ? { ...period, store_id: filters.store_id } : period;
  }, [preset, filters.from, filters.to, filters.store_id, today, closing]);
  return {
    query,
    preset,
    closing: closing < addDays(today, -1) ? closing : undefined,
    pick: (next: Preset) => setFilters({ period: next, from: "", to: "" }),
    pickDays: (from: string | undefined, to: string | undefined) => {
      if (from && to) setFilters({ period: "", from, to });
    },
    pickStore: (store_id: string | undefined) => setFilters({ store_id: store_id ?? "" }),
  };
}
