import { useMemo } from "react";
import { useFormat } from "../../parts/useFormat";

/** An instant to the second: events come close together. */
export function useClock(): (instant: string) => string {
  const { language, timeZone } = useFormat();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language, {
      timeZone,
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    return (instant) => format.format(new Date(instant));
  }, [language, timeZone]);
}
