/** What the text in the one input box means. */

export const MAX_QUANTITY = 9999;

export interface Entry {
  /** Asked for with `3*`; `null` when the box does not say. */
  quantity: string | null;
  text: string;
}

const TIMES = /^(\d{1,6}(?:\.\d{1,3})?)\s*[*×xX]\s*(.*)$/;
const SET = /^[*×](\d{1,6}(?:\.\d{1,3})?)$/;

/** `3*cola` → three of cola; `3*` → three of the next thing scanned. */
export function readEntry(text: string): Entry {
  const match = TIMES.exec(text.trim());
  if (match?.[1] === undefined) return { quantity: null, text: text.trim() };
  return { quantity: match[1], text: (match[2] ?? "").trim() };
}

/** `*3` → the chosen line becomes three. */
export function readSetQuantity(text: string): string | null {
  return SET.exec(text.trim())?.[1] ?? null;
}

export type QuantityFault = "pieceOnly" | "tooMany" | "quantityWrong";

export function quantityFault(quantity: string, soldBy: "piece" | "measure"): QuantityFault | null {
  const value = Number(quantity);
  if (!(value > 0)) return "quantityWrong";
  if (value > MAX_QUANTITY) return "tooMany";
  return soldBy === "piece" && !Number.isInteger(value) ? "pieceOnly" : null;
}

/** Long runs of digits may be a phone or a card when they are no product. */
export const mayBeMember = (text: string): boolean => /^\+?\d{7,20}$/.test(text.replaceAll(/[\s-]/g, ""));

/** Enough digits for a phone number that somebody could join with. */
export const mayBePhone = (text: string): boolean => /^\+?\d{10,15}$/.test(text.replaceAll(/[\s-]/g, ""));

/** A dynamic code is scanned with its own prefix; a phone number has 11 digits in China, 10 in the US. */
export function identifyAttempts(text: string): { phone?: string; card?: string; code?: string }[] {
  const plain = text.replaceAll(/[\s-]/g, "");
  if (!/^\+?\d+$/.test(plain)) return [{ code: text }, { card: text }];
  return mayBePhone(plain)
    ? [{ phone: plain }, { card: plain }, { code: plain }]
    : [{ card: plain }, { code: plain }];
}

const CARD_LENGTH = 16;

/** A stored-value card's number begins with 2 and has sixteen digits, the last one Luhn's check. */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/[\s-]/g, "");
  if (digits.length !== CARD_LENGTH || !/^2\d+$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Twelve characters of those that coupon codes are made of; whether it is one, only the server knows. */
export function mayBeCoupon(text: string): boolean {
  const compact = text.replaceAll(/[\s-]/g, "");
  return /^[2-9A-HJKMNP-Z]{12}$/i.test(compact) && /[A-Z]/i.test(compact);
}

export type Wallet = "wechat" | "alipay";

/** Whose payment code was scanned from a phone: WeChat's begin with 10 to 15, Alipay's with 25 to 30. */
export function walletOf(text: string): Wallet | null {
  if (/^1[0-5]\d{16}$/.test(text)) return "wechat";
  return /^(?:2[5-9]|30)\d{14,22}$/.test(text) ? "alipay" : null;
}
