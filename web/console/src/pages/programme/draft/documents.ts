import type { EarnRule, ProgrammeBenefit, ProgrammeDocument, ProgrammePlan } from "../../../api/types";
import { filled } from "../../offers/terms/body";
import { conditionsValue } from "../say/rule";

/** The document as the form holds it: the minutes of a day are pairs there, as in offers. */
export function formOf(document: ProgrammeDocument): ProgrammeDocument {
  const rules = document.earn_rules.map((rule) => ({
    ...rule,
    conditions: conditionsValue(rule.conditions),
  }));
  return { ...document, earn_rules: rules as unknown as EarnRule[] };
}

/** What the form holds, as the API takes it. */
export function documentOf(values: ProgrammeDocument): ProgrammeDocument {
  const rules = values.earn_rules.map(({ conditions, ...rule }) => {
    const { window, ...rest } = conditionsValue(conditions);
    const minutes = (window?.minutes ?? []).map(([first, last]) => ({ first, last }));
    return { ...rule, conditions: { ...rest, window: { ...window, minutes } } };
  });
  const { counted } = values.growth;
  const growth = { ...values.growth, counted: counted?.zh || counted?.en ? counted : null };
  return filled({ ...values, growth, earn_rules: rules }) as ProgrammeDocument;
}

/** A code that nothing ever had: codes mean the same for ever. */
export function newCode(prefix: string): string {
  const letters = crypto.getRandomValues(new Uint8Array(5));
  return `${prefix}-${Array.from(letters, (byte) => "abcdefghjkmnpqrstuvwxyz23456789"[byte % 31]).join("")}`;
}

export type List = "earn_rules" | "benefits" | "plans";

type Named = { zh: string; en: string };

/** What a new item of a list starts from. */
export function newItem(list: List, name: Named): EarnRule | ProgrammeBenefit | ProgrammePlan {
  switch (list) {
    case "earn_rules":
      return {
        code: newCode("rule"),
        name,
        asset: "points",
        effect: { kind: "rate", amount: 1, per_minor: 100 },
        stacks: false,
      } as EarnRule;
    case "benefits":
      return {
        code: newCode("benefit"),
        name,
        effect: { kind: "discount_rate", off_bps: 500 },
      } as ProgrammeBenefit;
    case "plans":
      return {
        code: newCode("plan"),
        name,
        price_minor: 9_900,
        months: 12,
        rank: 1,
        trial_days: 0,
        refund: "unused_days",
        refund_days: 7,
        on_sale: true,
      } as ProgrammePlan;
  }
}
