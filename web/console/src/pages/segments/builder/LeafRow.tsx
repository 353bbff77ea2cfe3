import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  MoreOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Select } from "antd";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import type { RuleProps } from "react-querybuilder";
import { type Attribute, useRegistered } from "../../../api/attributes";
import type { Fact } from "../../../api/segments";
import { useCan } from "../../../app/session";
import { useFormat } from "../../../parts/useFormat";
import { BuilderContext } from "./BuilderContext";
import styles from "./builder.module.css";
import { DatedFields } from "./DatedFields";
import { AddWhere, FactFields, WhereFields } from "./FactFields";
import {
  BLANK,
  type DatedDraft,
  draftTest,
  type LeafDraft,
  lastDays,
  NO_GAP,
  newDated,
  newFact,
  newStep,
} from "./model/draft";
import { ATTRIBUTES, FACTS, isChosen, isNumber, kindOf, TRAITS } from "./model/properties";
import { ConsentedFields, NamedFields, PercentileFields, SequenceFields } from "./OtherFields";
import { kindOfRegistered, RegisteredFields } from "./RegisteredFields";
import { TestFields } from "./TestFields";
import { useTreeWords } from "./useTreeWords";
import { WindowField } from "./WindowField";

/** One condition. */
export function LeafRow({ rule, path, actions }: RuleProps) {
  const { problems, open, asked } = useContext(BuilderContext);
  const id = rule.id ?? "";
  const draft = (rule.value ?? BLANK) as LeafDraft;
  const wrong = problems.get(id) ?? [];
  const change = (next: LeafDraft) => actions.onPropChange("value", next, path);
  return (
    <div
      className={styles.leaf}
      data-wrong={wrong.length > 0 || undefined}
      data-open={(asked && open.has(id)) || undefined}
    >
      <div className={styles.conditions}>
        <div className={styles.fields}>
          <WhatField draft={draft} onChange={change} />
          <LeafFields draft={draft} onChange={change} />
          {draft.leaf === "fact" && <AddWhere draft={draft} onChange={change} />}
        </div>
        {draft.leaf === "fact" && <WhereFields draft={draft} onChange={change} />}
        {draft.leaf === "sequence" && <SequenceFields draft={draft} onChange={change} />}
        {wrong.map((message) => (
          <div key={message} role="alert" className={styles.problem}>
            {message}
          </div>
        ))}
      </div>
      <LeafActions path={path} actions={actions} />
    </div>
  );
}

interface FieldsProps {
  draft: LeafDraft;
  onChange: (draft: LeafDraft) => void;
}

function LeafFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  switch (draft.leaf) {
    case "attribute":
    case "trait":
      return (
        <TestFields
          kind={kindOf(draft.leaf === "trait" ? TRAITS : ATTRIBUTES, draft.name)}
          test={draft.test}
          onChange={(test) => onChange({ ...draft, test })}
        />
      );
    case "registered":
      return <RegisteredFields draft={draft} onChange={onChange} />;
    case "fact":
      return <FactFields draft={draft} onChange={onChange} />;
    case "joined":
      return (
        <WindowField fixed window={draft.window} onChange={(window) => onChange({ ...draft, window })} />
      );
    case "dated":
      return <DatedFields draft={draft} onChange={onChange} />;
    case "in":
    case "tagged":
      return <NamedFields draft={draft} onChange={onChange} />;
    case "consented":
      return <ConsentedFields draft={draft} onChange={onChange} />;
    case "percentile":
      return <PercentileFields draft={draft} onChange={onChange} />;
    case "sequence":
      return <span className="muted small">{t("builder.sequenceHint")}</span>;
    case "blank":
      return null;
  }
}

/** `kind:name`, or only the kind where there is one of it. */
function choiceOf(draft: LeafDraft): string | null {
  if (draft.leaf === "blank") return null;
  if (draft.leaf === "attribute" || draft.leaf === "trait" || draft.leaf === "registered")
    return `${draft.leaf}:${draft.name}`;
  if (draft.leaf === "dated") return `dated:${draft.day}${draft.name ? `:${draft.name}` : ""}`;
  return draft.leaf === "fact" ? `fact:${draft.fact}` : draft.leaf;
}

function newLeaf(choice: string, registered: ReadonlyMap<string, Attribute>): LeafDraft {
  const [leaf, name = "", more = ""] = choice.split(":");
  switch (leaf) {
    case "dated":
      return newDated(name as DatedDraft["day"], more || null);
    case "registered": {
      const chosen = !isNumber(kindOfRegistered(registered.get(name)));
      return { leaf, name, test: draftTest(chosen ? "is" : "at_least") };
    }
    case "fact":
      return newFact(name as Fact);
    case "joined":
      return { leaf, window: lastDays(30) };
    case "in":
    case "tagged":
      return { leaf, id: null };
    case "consented":
      return { leaf, purpose: "marketing", channel: "sms" };
    case "percentile":
      return { leaf, by: "monetary", from: 8_000, upto: 10_000, window: lastDays(365) };
    case "sequence":
      return { leaf, steps: [newStep(), newStep()], gaps: [NO_GAP] };
    default: {
      const kind = kindOf(leaf === "trait" ? TRAITS : ATTRIBUTES, name);
      const test = draftTest(isChosen(kind) ? "is" : "at_least");
      return { leaf: leaf === "trait" ? "trait" : "attribute", name, test };
    }
  }
}

/** What the condition is about. */
function WhatField({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { property, trait } = useTreeWords();
  const format = useFormat();
  const registered = useRegistered(useCan()("members.read"));
  const analysed = [...registered.values()].filter((each) => !each.personal);
  const value = choiceOf(draft);
  const plain = (leaf: "joined" | "in" | "tagged" | "consented" | "percentile" | "sequence") => ({
    value: leaf,
    label: t(`builder.leaves.${leaf}`),
  });
  return (
    <Select
      className={styles.what ?? ""}
      value={value}
      placeholder={t("builder.pick")}
      aria-label={t("builder.what")}
      autoFocus={value === null}
      defaultOpen={value === null}
      popupMatchSelectWidth={false}
      listHeight={420}
      showSearch={{ optionFilterProp: "label" }}
      options={[
        {
          label: t("builder.ofFacts"),
          options: [
            ...Object.keys(FACTS).map((fact) => ({
              value: `fact:${fact}`,
              label: t(`builder.facts.${fact as Fact}`),
            })),
            plain("sequence"),
            plain("percentile"),
          ],
        },
        {
          label: t("builder.ofTraits"),
          options: Object.keys(TRAITS).map((name) => ({ value: `trait:${name}`, label: trait(name) })),
        },
        { label: t("builder.ofLists"), options: [plain("tagged"), plain("in")] },
        {
          label: t("builder.ofMember"),
          options: [
            ...Object.keys(ATTRIBUTES).map((name) => ({
              value: `attribute:${name}`,
              label: property(name),
            })),
            plain("joined"),
            plain("consented"),
          ],
        },
        {
          label: t("builder.ofDays"),
          options: [
            ...(["birthday", "joined"] as const).map((of) => ({
              value: `dated:${of}`,
              label: t(`builder.dated.${of}`),
            })),
            ...analysed
              .filter(({ type }) => type === "date")
              .map(({ name, label }) => ({
                value: `dated:registered:${name}`,
                label: t("builder.dated.near", { name: format.text(label) }),
              })),
          ],
        },
        ...(analysed.length > 0
          ? [
              {
                label: t("builder.ofRegistered"),
                options: analysed.map(({ name, label }) => ({
                  value: `registered:${name}`,
                  label: format.text(label),
                })),
              },
            ]
          : []),
      ]}
      onChange={(choice: string) => onChange(newLeaf(choice, registered))}
    />
  );
}

function LeafActions({ path, actions }: Pick<RuleProps, "path" | "actions">) {
  const { t } = useTranslation();
  const place = path.at(-1) ?? 0;
  const copy = [...path.slice(0, -1), place + 1];
  return (
    <div className={styles.actions}>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            {
              key: "copy",
              icon: <CopyOutlined />,
              label: t("builder.copy"),
              onClick: () => actions.moveRule(path, copy, true),
            },
            {
              key: "up",
              icon: <ArrowUpOutlined />,
              label: t("builder.up"),
              onClick: () => actions.moveRule(path, "up"),
            },
            {
              key: "down",
              icon: <ArrowDownOutlined />,
              label: t("builder.down"),
              onClick: () => actions.moveRule(path, "down"),
            },
          ],
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("builder.more")} />
      </Dropdown>
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t("builder.removeRule")}
        onClick={() => actions.onRuleRemove(path)}
      />
    </div>
  );
}
