import { CloseOutlined, FilterOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./builder.module.css";
import { EventField, FilterTest } from "./EventFields";
import {
  type DoneDraft,
  type DraftFilter,
  draftTest,
  type FactDraft,
  measureKey,
  measureOf,
} from "./model/draft";
import { isNumber, kindOf, OWN, type ValueKind } from "./model/properties";
import { TestFields } from "./TestFields";
import { useProperties } from "./useProperties";
import { useMeasures, useTreeWords } from "./useTreeWords";
import { WindowField } from "./WindowField";

interface Props {
  draft: FactDraft;
  onChange: (draft: FactDraft) => void;
}

/** What she did: when, what is measured of it, and how that compares. */
export function FactFields({ draft, onChange }: Props) {
  const { t } = useTranslation();
  const known = useProperties(draft);
  const measures = useMeasures(known);
  const { measured, property } = draft;
  const kind = measured === "sum" || measured === "average" ? kindOf(known, property ?? "") : "count";
  const maybe = measured === "average" || measured === "first" || measured === "last";
  return (
    <>
      <EventField draft={draft} onChange={onChange} />
      <WindowField window={draft.window} onChange={(window) => onChange({ ...draft, window })} />
      <Select
        className={styles.measure ?? ""}
        value={measureKey(measured, property)}
        aria-label={t("builder.measured")}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: "label" }}
        options={measures}
        onChange={(choice: string) => onChange({ ...draft, ...measureOf(choice) })}
      />
      <TestFields
        kind={kind}
        counted={!maybe}
        times={measured === "times"}
        test={draft.test}
        onChange={(test) => onChange({ ...draft, test })}
      />
    </>
  );
}

interface WhereProps<D extends DoneDraft> {
  draft: D;
  onChange: (draft: D) => void;
}

/** Which of what she did counts. */
export function WhereFields<D extends DoneDraft>({ draft, onChange }: WhereProps<D>) {
  const { t } = useTranslation();
  const known = useProperties(draft);
  const put = (where: DraftFilter[]) => onChange({ ...draft, where });
  const change = (at: number, filter: DraftFilter) =>
    put(draft.where.map((old, index) => (index === at ? filter : old)));
  return draft.where.map((filter, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a filter is known by its place only
    <div key={at} className={styles.fields}>
      <span className={styles.where}>{t("builder.where")}</span>
      <PropertySelect
        known={known}
        typing={draft.fact === "event"}
        chosen={filter.property}
        onChoose={(name, kind) => change(at, newFilter(name, kind))}
      />
      {filter.property && (
        <FilterTest draft={draft} known={known} filter={filter} onChange={(next) => change(at, next)} />
      )}
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t("builder.removeWhere")}
        onClick={() => put(draft.where.filter((_, index) => index !== at))}
      />
    </div>
  ));
}

interface PropertyProps {
  known: Readonly<Record<string, ValueKind>>;
  /** Whether senders make up properties, so that some are asked for before any came. */
  typing: boolean;
  chosen: string;
  onChoose: (name: string, kind: ValueKind) => void;
}

/** A property that came already, or one that is to come: then whether it is a text or a number. */
function PropertySelect({ known, typing, chosen, onChoose }: PropertyProps) {
  const { t } = useTranslation();
  const { property } = useTreeWords();
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const asked = typing && name !== "" && !(OWN + name in known);
  const own = asked ? (["word", "decimal"] as const) : [];
  const options = [
    ...Object.entries(known).map(([value, kind]) => ({ value, label: property(value), name: value, kind })),
    ...own.map((kind) => ({
      value: `${kind}:${name}`,
      label: t(`builder.typedProperty.${kind}`, { name }),
      name: OWN + name,
      kind,
    })),
  ];
  return (
    <Select<string, (typeof options)[number]>
      className={styles.measure ?? ""}
      value={chosen || null}
      aria-label={t("builder.property")}
      placeholder={t(typing ? "builder.typeProperty" : "builder.property")}
      popupMatchSelectWidth={false}
      showSearch={typing && { optionFilterProp: "label", onSearch: setTyped }}
      options={options}
      onChange={(_, option) => {
        if (option && !Array.isArray(option)) onChoose(option.name, option.kind);
      }}
    />
  );
}

export function AddWhere<D extends DoneDraft>({ draft, onChange }: WhereProps<D>) {
  const { t } = useTranslation();
  const add = () => onChange({ ...draft, where: [...draft.where, { property: "", test: draftTest("is") }] });
  return (
    <Button type="text" size="small" icon={<FilterOutlined />} onClick={add}>
      {t("builder.addWhere")}
    </Button>
  );
}

const newFilter = (property: string, kind: ValueKind): DraftFilter => ({
  property,
  test: draftTest(isNumber(kind) ? "at_least" : "is"),
});
