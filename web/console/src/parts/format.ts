/** Words and numbers for people. Amounts stay integers in minor units; no float touches them. */

/** Digits after the point, e.g. 2 for CNY, 0 for JPY. */
export function currencyDigits(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** `-1234`, 2 → `"-12.34"`. */
export function minorToDecimal(minor: number, digits: number): string {
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `"12.3"`, 2 → `1230`; `null` when it is no amount of this currency. */
export function parseMinor(text: string, digits: number): number | null {
  const match = /^(\d{1,12})(?:[.。](\d*))?$/.exec(text.trim().replaceAll(/[,，\s]/g, ""));
  if (match?.[1] === undefined) return null;
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return null;
  return Number(match[1] + fraction.padEnd(digits, "0"));
}

export interface MoneyStyle {
  /** Drop the part after the point; for overviews. */
  whole?: boolean;
  /** `1.2M`, `120万`; for axes. */
  short?: boolean;
  signed?: boolean;
}

export function formatMoney(
  minor: number,
  currency: string,
  language: string,
  style: MoneyStyle = {},
): string {
  const formatter = new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...(style.short ? { notation: "compact", maximumFractionDigits: 1, minimumFractionDigits: 0 } : {}),
    ...(style.whole ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {}),
    ...(style.signed ? { signDisplay: "exceptZero" } : {}),
  });
  return formatter.format(minorToDecimal(minor, currencyDigits(currency)) as Intl.StringNumericLiteral);
}

/** `"0.4550"` → `"0.455"`, `"3.000"` → `"3"`. */
export function trimDecimal(text: string): string {
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

/** What is gone from a moment on is good up to the one before: midnight says the day that ends with it. */
export const lastMoment = (until: string): string => new Date(Date.parse(until) - 1).toISOString();

/** Change in basis points, or `null` when there was nothing before. */
export function changeBps(now: number, before: number): number | null {
  return before === 0 ? null : Math.round(((now - before) / Math.abs(before)) * 10_000);
}
