import { useMemo } from "react";
import { QueryBuilder, type RuleGroupType } from "react-querybuilder";
import { BuilderContext } from "./BuilderContext";
import { GroupBox } from "./GroupBox";
import { LeafRow } from "./LeafRow";
import type { GroupDraft } from "./model/draft";
import type { Written } from "./model/writing";

const CONTROLS = { rule: LeafRow, ruleGroup: GroupBox };

interface Props {
  draft: GroupDraft;
  written: Written;
  problems: ReadonlyMap<string, string[]>;
  /** Whether what is not filled in is marked. */
  asked: boolean;
  onChange: (draft: GroupDraft) => void;
}

/** A rule tree, written condition by condition. */
export function TreeBuilder({ draft, written, problems, asked, onChange }: Props) {
  const marks = useMemo(() => ({ problems, open: written.open, asked }), [problems, written.open, asked]);
  return (
    <BuilderContext value={marks}>
      <QueryBuilder
        query={draft as unknown as RuleGroupType}
        onQueryChange={(next) => onChange(next as unknown as GroupDraft)}
        controlElements={CONTROLS}
        enableMountQueryChange={false}
      />
    </BuilderContext>
  );
}
