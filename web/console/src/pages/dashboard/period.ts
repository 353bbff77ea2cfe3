/** Periods as business days in the merchant's zone. Days are text `YYYY-MM-DD`; arithmetic is in UTC. */

export const PRESETS = ["today", "yesterday", "7d", "28d", "90d", "month", "lastMonth", "year"] as const;
export type Preset = (typeof PRESETS)[number];

export const DEFAULT_PRESET: Preset = "28d";

export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

export function todayIn(timeZone: string, now = new Date()): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(now);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The last day that rolling periods include: yesterday, or the last day with sales where those end earlier, as they do
 * when orders are imported now and then.
 */
export function closingDay(today: string, latest: string | null | undefined): string {
  const yesterday = addDays(today, -1);
  return latest && latest < yesterday ? latest : yesterday;
}

export function periodOf(preset: Preset, today: string, closing = addDays(today, -1)): Period {
  const monthStart = `${today.slice(0, 8)}01`;
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "7d":
      return { from: addDays(closing, -6), to: closing };
    case "28d":
      return { from: addDays(closing, -27), to: closing };
    case "90d":
      return { from: addDays(closing, -89), to: closing };
    case "month":
      return { from: monthStart, to: today };
    case "lastMonth": {
      const to = addDays(monthStart, -1);
      return { from: `${to.slice(0, 8)}01`, to };
    }
    case "year":
      return { from: addDays(closing, -363), to: closing };
  }
}

export const isPreset = (text: string | undefined): text is Preset => PRESETS.includes(text as Preset);
