import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Text } from "../api/types";
import { useSession } from "../app/session";
import { formatMoney, type MoneyStyle, trimDecimal } from "./format";

const FALLBACK = { currency: "CNY", timezone: "UTC" };

/** Everything a page formats, in its language, and in the merchant's currency and time zone. */
export function useFormat() {
  const { i18n } = useTranslation();
  const { merchant } = useSession();
  const language = i18n.language;
  const { currency, timezone } = merchant ?? FALLBACK;
  return useMemo(() => formatsOf(language, currency, timezone), [language, currency, timezone]);
}

export type Formats = ReturnType<typeof formatsOf>;

/** For one language, whatever the page speaks. */
export function formatsOf(language: string, currency: string, timeZone: string) {
  const number = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(language, {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const time = new Intl.DateTimeFormat(language, {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const day = new Intl.DateTimeFormat(language, {
    timeZone: "UTC",
    year: "numeric",
    month: "short",
    day: "numeric",
  });
  const dayShort = new Intl.DateTimeFormat(language, { timeZone: "UTC", month: "numeric", day: "numeric" });
  const weekday = new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "short" });
  const month = new Intl.DateTimeFormat(language, { timeZone: "UTC", year: "numeric", month: "short" });
  const utc = (text: string) => new Date(`${text}T00:00:00Z`);
  return {
    language,
    currency,
    timeZone,
    money: (minor: number, style?: MoneyStyle) => formatMoney(minor, currency, language, style),
    number: (value: number) => number.format(value),
    short: (value: number) => short.format(value),
    quantity: (value: string) => number.format(trimDecimal(value) as Intl.StringNumericLiteral),
    percent: (bps: number) => percent.format(bps / 10_000),
    /** An instant, as a date in the merchant's zone. */
    date: (instant: string) => date.format(new Date(instant)),
    dateTime: (instant: string) => time.format(new Date(instant)),
    /** A business day or birthday: a date without a zone. */
    day: (text: string) => day.format(utc(text)),
    dayShort: (text: string) => dayShort.format(utc(text)),
    weekday: (text: string) => weekday.format(utc(text)),
    month: (text: string) => month.format(utc(`${text}-01`)),
    text: (text: Text | null | undefined) => (text ? (language === "en" ? text.en : text.zh) : ""),
  };
}
