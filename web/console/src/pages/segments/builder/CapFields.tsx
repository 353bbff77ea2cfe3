import { Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useRegistered } from "../../../api/attributes";
import type { Fact } from "../../../api/segments";
import { useCan } from "../../../app/session";
import { CountInput } from "../../../parts/CountInput";
import { useFormat } from "../../../parts/useFormat";
import styles from "./builder.module.css";
import { EventField } from "./EventFields";
import { AddWhere, WhereFields } from "./FactFields";
import { type CapDraft, newRank, type RankDraft } from "./model/cap";
import { type FactDraft, measureKey, measureOf, newFact } from "./model/draft";
import { ATTRIBUTES, FACTS, isNumber } from "./model/properties";
import { useProperties } from "./useProperties";
import { useMeasures, useTreeWords } from "./useTreeWords";
import { WindowField } from "./WindowField";

const MODES: readonly CapDraft["mode"][] = ["none", "top", "random"];
/** What has a greatest; birthdays have none. */
const RANKED = Object.entries(ATTRIBUTES)
  .filter(([name, kind]) => isNumber(kind) && kind !== "month" && name !== "tier_rank")
  .map(([name]) => name);

interface Props {
  draft: CapDraft;
  onChange: (draft: CapDraft) => void;
}

/** Not all whom the rule holds, but the first by something, or some by lot. */
export function CapFields({ draft, onChange }: Props) {
  const { t } = useTranslation();
  const { mode, rank } = draft;
  return (
    <div className={styles.sets}>
      <Segmented<CapDraft["mode"]>
        value={mode}
        aria-label={t("builder.cap.title")}
        options={MODES.map((value) => ({ value, label: t(`builder.cap.modes.${value}`) }))}
        onChange={(next) => onChange({ ...draft, mode: next })}
      />
      {mode !== "none" && (
        <div className={styles.fields}>
          <span className="muted">{t("builder.cap.atMost")}</span>
          <span className={styles.number}>
            <CountInput
              value={draft.count}
              placeholder={t("builder.cap.count")}
              onChange={(count) => onChange({ ...draft, count })}
            />
          </span>
          <span className="muted">{t("builder.cap.people")}</span>
          {mode === "top" && <RankFields draft={draft} onChange={onChange} />}
        </div>
      )}
      {mode === "top" && rank.by === "measure" && (
        <WhereFields
          draft={rank.fact}
          onChange={(fact) => onChange({ ...draft, rank: { by: "measure", fact } })}
        />
      )}
      {mode === "random" && <span className="muted small">{t("builder.cap.randomHint")}</span>}
    </div>
  );
}

function RankFields({ draft, onChange }: Props) {
  const { t } = useTranslation();
  const { property } = useTreeWords();
  const format = useFormat();
  const { rank } = draft;
  const registered = [...useRegistered(useCan()("members.read")).values()].filter(
    ({ type, personal }) => !personal && (type === "number" || type === "date"),
  );
  const put = (next: RankDraft) => onChange({ ...draft, rank: next });
  const choose = (choice: string) => {
    const [by, name = ""] = choice.split(":");
    if (by === "attribute" || by === "registered") put({ by, name });
    else if (name === "order") put(newRank());
    else put({ by: "measure", fact: newFact(name as Fact) });
  };
  return (
    <>
      <Select<"highest" | "lowest">
        className={styles.test ?? ""}
        value={draft.lowest ? "lowest" : "highest"}
        aria-label={t("builder.cap.order")}
        popupMatchSelectWidth={false}
        options={(["highest", "lowest"] as const).map((value) => ({
          value,
          label: t(`builder.cap.${value}`),
        }))}
        onChange={(order) => onChange({ ...draft, lowest: order === "lowest" })}
      />
      <Select<string>
        className={styles.measure ?? ""}
        value={rank.by === "measure" ? `fact:${rank.fact.fact}` : `${rank.by}:${rank.name}`}
        aria-label={t("builder.cap.by")}
        popupMatchSelectWidth={false}
        options={[
          {
            label: t("builder.ofFacts"),
            options: Object.keys(FACTS).map((fact) => ({
              value: `fact:${fact}`,
              label: t(`builder.facts.${fact as Fact}`),
            })),
          },
          {
            label: t("builder.ofMember"),
            options: RANKED.map((name) => ({ value: `attribute:${name}`, label: property(name) })),
          },
          {
            label: t("builder.ofRegistered"),
            options: registered.map(({ name, label }) => ({
              value: `registered:${name}`,
              label: format.text(label),
            })),
          },
        ].filter(({ options }) => options.length > 0)}
        onChange={choose}
      />
      {rank.by === "measure" && (
        <MeasureFields draft={rank.fact} onChange={(fact) => put({ by: "measure", fact })} />
      )}
    </>
  );
}

function MeasureFields({ draft, onChange }: { draft: FactDraft; onChange: (draft: FactDraft) => void }) {
  const { t } = useTranslation();
  const measures = useMeasures(useProperties(draft));
  const ranked = measures.map((group) => ({
    ...group,
    options: group.options.filter(({ value }) => !value.startsWith("average")),
  }));
  return (
    <>
      <EventField draft={draft} onChange={onChange} />
      <WindowField window={draft.window} onChange={(window) => onChange({ ...draft, window })} />
      <Select
        className={styles.measure ?? ""}
        value={measureKey(draft.measured, draft.property)}
        aria-label={t("builder.measured")}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: "label" }}
        options={ranked.filter(({ options }) => options.length > 0)}
        onChange={(choice: string) => onChange({ ...draft, ...measureOf(choice) })}
      />
      <AddWhere draft={draft} onChange={onChange} />
    </>
  );
}
