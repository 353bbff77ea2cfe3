import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { CHANNELS, type ConsentChannel, type ConsentPurpose, PURPOSES } from "../../../api/consent";
import { type Fact, type Rfm, useSegments } from "../../../api/segments";
import { tagOptions, useTags } from "../../../api/tags";
import { useCan } from "../../../app/session";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import styles from "./builder.module.css";
import { EventField } from "./EventFields";
import { AddWhere, WhereFields } from "./FactFields";
import {
  type ConsentedDraft,
  type DoneDraft,
  type GapDraft,
  type NamedDraft,
  NO_GAP,
  newStep,
  type PercentileDraft,
  type SequenceDraft,
} from "./model/draft";
import { FACTS } from "./model/properties";
import { WindowField } from "./WindowField";

const MOST_SEGMENTS = 100;

/** Another segment, or a tag. */
export function NamedFields({
  draft,
  onChange,
}: {
  draft: NamedDraft;
  onChange: (draft: NamedDraft) => void;
}) {
  const { t } = useTranslation();
  const { id: own } = useParams();
  const format = useFormat();
  const can = useCan();
  const tags = useTags(false, draft.leaf === "tagged" && can("tags.read"));
  const segments = useSegments(
    { status: "active", limit: MOST_SEGMENTS, cursor: undefined },
    draft.leaf === "in",
  );
  const options: { value?: string; label: string; options?: { value: string; label: string }[] }[] =
    draft.leaf === "tagged"
      ? tagOptions(tags.data, format.text)
      : (segments.data?.items ?? [])
          .filter((segment) => segment.id !== own)
          .map((segment) => ({ value: segment.id, label: segment.name }));
  return (
    <span className={styles.values}>
      <Select<string>
        value={draft.id}
        aria-label={t("builder.value")}
        placeholder={t(draft.leaf === "tagged" ? "builder.pickTag" : "builder.pickSegment")}
        showSearch={{ optionFilterProp: "label" }}
        options={options}
        onChange={(id: string) => onChange({ ...draft, id })}
      />
    </span>
  );
}

/** For what, and by which channel. */
export function ConsentedFields({
  draft,
  onChange,
}: {
  draft: ConsentedDraft;
  onChange: (draft: ConsentedDraft) => void;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <>
      <Select<ConsentPurpose>
        className={styles.measure ?? ""}
        value={draft.purpose}
        aria-label={t("builder.purpose")}
        popupMatchSelectWidth={false}
        options={PURPOSES.map((value) => ({ value, label: label("purpose", value) }))}
        onChange={(purpose) => onChange({ ...draft, purpose })}
      />
      <Select<ConsentChannel>
        className={styles.measure ?? ""}
        value={draft.channel}
        aria-label={t("builder.byChannel")}
        popupMatchSelectWidth={false}
        options={CHANNELS.map((value) => ({ value, label: label("consentChannel", value) }))}
        onChange={(channel) => onChange({ ...draft, channel })}
      />
    </>
  );
}

const BY: readonly Rfm[] = ["recency", "frequency", "monetary"];

/** Where she stands among the others. Shown from above: the best 20 % are those from 8000. */
export function PercentileFields({
  draft,
  onChange,
}: {
  draft: PercentileDraft;
  onChange: (draft: PercentileDraft) => void;
}) {
  const { t } = useTranslation();
  const percent = (value: number, label: string, put: (value: number) => void) => (
    <InputNumber<number>
      className={styles.percent ?? ""}
      value={value / 100}
      min={0}
      max={100}
      controls={false}
      suffix="%"
      aria-label={label}
      onChange={(typed) => typed !== null && put(Math.round(typed * 100))}
    />
  );
  return (
    <>
      <WindowField fixed window={draft.window} onChange={(window) => onChange({ ...draft, window })} />
      <Select<Rfm>
        className={styles.measure ?? ""}
        value={draft.by}
        aria-label={t("builder.measured")}
        popupMatchSelectWidth={false}
        options={BY.map((value) => ({ value, label: t(`builder.ranked.${value}`) }))}
        onChange={(by) => onChange({ ...draft, by })}
      />
      <span className="muted">{t("builder.best")}</span>
      {percent(10_000 - draft.upto, t("builder.from"), (top) => onChange({ ...draft, upto: 10_000 - top }))}
      <span className="muted">{t("builder.upto")}</span>
      {percent(10_000 - draft.from, t("builder.upto"), (top) => onChange({ ...draft, from: 10_000 - top }))}
    </>
  );
}

const MOST_STEPS = 5;

/** One thing, and then another. */
export function SequenceFields({
  draft,
  onChange,
}: {
  draft: SequenceDraft;
  onChange: (draft: SequenceDraft) => void;
}) {
  const { t } = useTranslation();
  const change = (at: number, step: DoneDraft) =>
    onChange({ ...draft, steps: draft.steps.map((old, index) => (index === at ? step : old)) });
  const gap = (at: number, next: GapDraft) =>
    onChange({ ...draft, gaps: draft.gaps.map((old, index) => (index === at ? next : old)) });
  const remove = (at: number) =>
    onChange({
      ...draft,
      steps: draft.steps.filter((_, index) => index !== at),
      gaps: draft.gaps.filter((_, index) => index !== Math.max(0, at - 1)),
    });
  return (
    <>
      {draft.steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place only
        <div key={at} className={styles.step}>
          <div className={styles.fields}>
            <span className={styles.where}>{at + 1}</span>
            {at > 0 && (
              <GapFields gap={draft.gaps[at - 1] ?? NO_GAP} onChange={(next) => gap(at - 1, next)} />
            )}
            <Select<Fact>
              className={styles.what ?? ""}
              value={step.fact}
              aria-label={t("builder.what")}
              options={Object.keys(FACTS).map((fact) => ({
                value: fact as Fact,
                label: t(`builder.facts.${fact as Fact}`),
              }))}
              onChange={(fact) => change(at, { ...step, fact, event: null, where: [] })}
            />
            <EventField draft={step} onChange={(next) => change(at, next)} />
            <WindowField window={step.window} onChange={(window) => change(at, { ...step, window })} />
            <AddWhere draft={step} onChange={(next) => change(at, next)} />
            {draft.steps.length > 2 && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t("builder.removeStep")}
                onClick={() => remove(at)}
              />
            )}
          </div>
          <WhereFields draft={step} onChange={(next) => change(at, next)} />
        </div>
      ))}
      {draft.steps.length < MOST_STEPS && (
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          style={{ justifySelf: "start" }}
          onClick={() =>
            onChange({ ...draft, steps: [...draft.steps, newStep()], gaps: [...draft.gaps, NO_GAP] })
          }
        >
          {t("builder.addStep")}
        </Button>
      )}
    </>
  );
}

function GapFields({ gap, onChange }: { gap: GapDraft; onChange: (gap: GapDraft) => void }) {
  const { t } = useTranslation();
  const days = (value: number | null, label: string, empty: string, put: (value: number | null) => void) => (
    <InputNumber<number>
      className={styles.percent ?? ""}
      value={value}
      min={0}
      precision={0}
      controls={false}
      placeholder={empty}
      aria-label={label}
      suffix={<span className="muted small">{t("builder.units.days")}</span>}
      onChange={put}
    />
  );
  return (
    <>
      <span className="muted">{t("builder.later")}</span>
      {days(gap.at_least, t("builder.gapLeast"), "0", (at_least) => onChange({ ...gap, at_least }))}
      <span className="muted">{t("builder.upto")}</span>
      {days(gap.at_most, t("builder.gapMost"), "∞", (at_most) => onChange({ ...gap, at_most }))}
    </>
  );
}
