import { useTranslation } from "react-i18next";
import type { Words } from "../locales/zh";

export type LabelKind = keyof Words["label"];

/** The word for a code that the server sent. A code newer than this page is shown as it is. */
export function useLabel() {
  const { t, i18n } = useTranslation();
  return (kind: LabelKind, code: string): string => {
    const key = `label.${kind}.${code.replaceAll(".", "_")}`;
    return i18n.exists(key) ? (t as (key: string) => string)(key) : code;
  };
}
