import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Attribute, useRegistered, useRegisteredValues } from "../../../api/attributes";
import { useFormat } from "../../../parts/useFormat";
import { useSettled } from "../../../parts/useSettled";
import type { AttributeDraft } from "./model/draft";
import type { ValueKind } from "./model/properties";
import { TestFields } from "./TestFields";
import type { Option } from "./useTreeWords";

const PAUSE_MS = 250;

/** What the merchant registered about a member, and how it compares. */
export function RegisteredFields({
  draft,
  onChange,
}: {
  draft: AttributeDraft;
  onChange: (draft: AttributeDraft) => void;
}) {
  const { t } = useTranslation();
  const attribute = useRegistered().get(draft.name);
  const kind = kindOfRegistered(attribute);
  const [typed, setTyped] = useState("");
  const settled = useSettled(typed, PAUSE_MS);
  const asked = kind === "word";
  const found = useRegisteredValues(draft.name, settled, asked);
  const words = useRegisteredWords(attribute);
  const offered: Option[] = asked
    ? (found.data?.items ?? []).map(({ value, members }) => ({
        value: String(value),
        label: t("builder.valueOf", { value: String(value), count: members }),
      }))
    : words;
  return (
    <TestFields
      kind={kind}
      offered={offered}
      {...(asked && { onSearch: setTyped })}
      test={draft.test}
      onChange={(test) => onChange({ ...draft, test })}
    />
  );
}

export function kindOfRegistered(attribute: Attribute | undefined): ValueKind {
  switch (attribute?.type) {
    case "number":
      return "count";
    case "date":
      return "date";
    case "yes_no":
    case "choice":
      return "listed";
    default:
      return "word";
  }
}

/** The values that it may have, where there are only some. */
export function useRegisteredWords(attribute: Attribute | undefined): Option[] {
  const { t } = useTranslation();
  const format = useFormat();
  if (attribute?.type === "yes_no")
    return (["yes", "no"] as const).map((value) => ({ value, label: t(`builder.yesNo.${value}`) }));
  return (attribute?.choices ?? []).map(({ value, label }) => ({ value, label: format.text(label) }));
}
