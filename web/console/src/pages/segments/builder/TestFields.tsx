import { Select } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./builder.module.css";
import type { DraftTest, TestName } from "./model/draft";
import { isChosen, isNumber, type ValueKind } from "./model/properties";
import type { Option } from "./useTreeWords";
import { NumberField, ValuesField } from "./ValueFields";

/** `counted`: the number is always there and grows from 0, so that nothing of it is ever unknown. */
interface Props {
  kind: ValueKind;
  /** Values to choose from, and where they are looked for as they are typed. */
  offered?: readonly Option[];
  onSearch?: (typed: string) => void;
  counted?: boolean;
  /** How often something was done: then "never" is a comparison. */
  times?: boolean;
  test: DraftTest;
  onChange: (test: DraftTest) => void;
}

type Choice = TestName | "exactly" | "never";

function choicesOf(kind: ValueKind, counted: boolean, times: boolean): Choice[] {
  if (times) return ["at_least", "at_most", "between", "exactly", "never"];
  if (counted) return ["at_least", "at_most", "between", "exactly"];
  if (kind === "date") return ["at_least", "at_most", "between", "present", "missing"];
  if (kind === "tier" || kind === "score")
    return ["is", "is_not", "at_least", "at_most", "present", "missing"];
  if (isNumber(kind) && !isChosen(kind))
    return ["at_least", "at_most", "between", "is", "is_not", "present", "missing"];
  return ["is", "is_not", "present", "missing"];
}

function chosen({ test, value, values }: DraftTest, counted: boolean, times: boolean): Choice {
  if (times && test === "at_most" && value === 0) return "never";
  return counted && test === "is" && values.length <= 1 ? "exactly" : test;
}

/** How a value is compared, and with what. */
export function TestFields({
  kind,
  offered = [],
  onSearch,
  counted = false,
  times = false,
  test,
  onChange,
}: Props) {
  const { t } = useTranslation();
  const choice = chosen(test, counted, times);
  const known = choicesOf(kind, counted, times);
  const choices = known.includes(choice) ? known : [...known, choice];
  const choose = (next: Choice) => {
    if (next === "never") onChange({ ...test, test: "at_most", value: 0 });
    else if (next === "exactly")
      onChange({ ...test, test: "is", values: test.value === null ? [] : [test.value] });
    else onChange({ ...test, test: next, value: choice === "never" ? null : test.value });
  };
  return (
    <>
      <Select<Choice>
        className={styles.test ?? ""}
        value={choice}
        aria-label={t("builder.test")}
        popupMatchSelectWidth={false}
        options={choices.map((value) => ({ value, label: t(`builder.tested.${value}`) }))}
        onChange={choose}
      />
      <Compared
        kind={kind}
        offered={offered}
        onSearch={onSearch}
        choice={choice}
        test={test}
        onChange={onChange}
      />
    </>
  );
}

function Compared({
  kind,
  offered,
  onSearch,
  choice,
  test,
  onChange,
}: {
  kind: ValueKind;
  offered: readonly Option[];
  onSearch: ((typed: string) => void) | undefined;
  choice: Choice;
  test: DraftTest;
  onChange: (test: DraftTest) => void;
}) {
  const { t } = useTranslation();
  switch (choice) {
    case "never":
    case "missing":
    case "present":
      return null;
    case "exactly":
      return (
        <NumberField
          kind={kind}
          label={t("builder.value")}
          value={typeof test.values[0] === "number" ? test.values[0] : null}
          onChange={(value) => onChange({ ...test, value, values: value === null ? [] : [value] })}
        />
      );
    case "is":
    case "is_not":
      return (
        <ValuesField
          kind={kind}
          offered={offered}
          onSearch={onSearch}
          values={test.values}
          onChange={(values) => onChange({ ...test, values })}
        />
      );
    case "between":
      return (
        <>
          <NumberField
            kind={kind}
            label={t("builder.from")}
            value={test.value}
            onChange={(value) => onChange({ ...test, value })}
          />
          <span className="muted">{t("builder.upto")}</span>
          <NumberField
            kind={kind}
            label={t("builder.upto")}
            value={test.high}
            onChange={(high) => onChange({ ...test, high })}
          />
        </>
      );
    case "at_least":
    case "at_most":
      return (
        <NumberField
          kind={kind}
          label={t("builder.value")}
          value={test.value}
          onChange={(value) => onChange({ ...test, value })}
        />
      );
  }
}
