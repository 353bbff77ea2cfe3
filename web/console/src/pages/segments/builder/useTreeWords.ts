import i18next from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Words } from "../../../locales/zh";
import { useLabel } from "../../../parts/useLabel";
import { type Measured, measureKey } from "./model/draft";
import { type CodeKind, isNumber, OWN, type ValueKind } from "./model/properties";

type PropertyWord = keyof Words["builder"]["properties"];

type TraitWord = keyof Words["builder"]["traits"];

export interface Option {
  value: string;
  label: string;
}

export interface OptionGroup {
  label: string;
  options: Option[];
}

/** What the parts of a rule are called. */
export function useTreeWords() {
  const { t } = useTranslation();
  return useMemo(() => {
    const property = (name: string): string =>
      i18next.exists(`builder.properties.${name}`)
        ? t(`builder.properties.${name as PropertyWord}`)
        : name.replace(OWN, "");
    const trait = (name: string): string =>
      i18next.exists(`builder.traits.${name}`) ? t(`builder.traits.${name as TraitWord}`) : name;
    const measure = (measured: Measured, of: string | null): string =>
      t(`builder.measures.${measured}`, { property: of === null ? "" : property(of) });
    return { property, trait, measure };
  }, [t]);
}

/** What can be measured of facts with these properties; the value is `measure:property`. */
export function useMeasures(known: Readonly<Record<string, ValueKind>>): OptionGroup[] {
  const { t } = useTranslation();
  const { measure } = useTreeWords();
  const names = Object.keys(known);
  const of = (measured: Measured, properties: readonly string[]) =>
    properties.map((name) => ({ value: measureKey(measured, name), label: measure(measured, name) }));
  const plain = (measured: Measured) => ({
    value: measureKey(measured, null),
    label: measure(measured, null),
  });
  const numbers = names.filter((name) => isNumber(known[name] ?? "word"));
  const things = names.filter((name) => !isNumber(known[name] ?? "word"));
  return [
    {
      label: t("builder.measureGroup.times"),
      options: [plain("times"), plain("distinct_days"), plain("last"), plain("first")],
    },
    { label: t("builder.measureGroup.sum"), options: of("sum", numbers) },
    { label: t("builder.measureGroup.average"), options: of("average", numbers) },
    { label: t("builder.measureGroup.distinct"), options: of("distinct", things) },
  ];
}

const LABELS = { gender: "gender", status: "memberStatus", channel: "channel" } as const;

/** What the codes of each kind are called. */
export function useCodeWords(): (kind: CodeKind, code: string) => string {
  const { t } = useTranslation();
  const label = useLabel();
  return (kind, code) => {
    if (kind === "gender" || kind === "status" || kind === "channel") return label(LABELS[kind], code);
    const key = `builder.codes.${kind}.${code}`;
    return i18next.exists(key) ? (t as (key: string) => string)(key) : code;
  };
}
