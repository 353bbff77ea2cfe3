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

export function periodOf(preset: Preset, today: string): Period {
  const monthStart = `${today.slice(0, 8)}01`;
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "7d":
      return { from: addDays(today, -7), to: addDays(today, -1) };
    case "28d":
      return { from: addDays(today, -28), to: addDays(today, -1) };
    case "90d":
      return { from: addDays(today, -90), to: addDays(today, -1) };
    case "month":
      return { from: monthStart, to: today };
    case "lastMonth": {
      const to = addDays(monthStart, -1);
      return { from: `${to.slice(0, 8)}01`, to };
    }
    case "year":
      return { from: addDays(today, -364), to: addDays(today, -1) };
  }
}

export const isPreset = (text: string | undefined): text is Preset => PRESETS.includes(text as Preset);
