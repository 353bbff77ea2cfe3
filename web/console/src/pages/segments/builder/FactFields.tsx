import { CloseOutlined, FilterOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
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
import { isNumber, kindOf, type ValueKind } from "./model/properties";
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
  const { property } = useTreeWords();
  const known = useProperties(draft);
  const put = (where: DraftFilter[]) => onChange({ ...draft, where });
  const change = (at: number, filter: DraftFilter) =>
    put(draft.where.map((old, index) => (index === at ? filter : old)));
  const names = Object.keys(known).map((value) => ({ value, label: property(value) }));
  return draft.where.map((filter, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a filter is known by its place only
    <div key={at} className={styles.fields}>
      <span className={styles.where}>{t("builder.where")}</span>
      <Select
        className={styles.measure ?? ""}
        value={filter.property || null}
        aria-label={t("builder.property")}
        placeholder={t("builder.property")}
        popupMatchSelectWidth={false}
        options={names}
        onChange={(name: string) => change(at, newFilter(name, kindOf(known, name)))}
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
