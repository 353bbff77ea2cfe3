import { App } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type IdentityPolicy,
  type PolicyBody,
  useChangePolicy,
  useSimulatePolicy,
} from "../../../api/identity";

const said = ({ everywhere: _, ...policy }: IdentityPolicy): PolicyBody => policy;

/** Rules as they are being written. They apply only as they were simulated last. */
export function useRules(policy: IdentityPolicy) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [draft, setDraft] = useState(() => said(policy));
  const [tried, setTried] = useState<PolicyBody | null>(null);
  const simulation = useSimulatePolicy();
  const apply = useChangePolicy();
  const dirty = JSON.stringify(draft) !== JSON.stringify(said(policy));
  const unsaved = useRef(false);
  unsaved.current = dirty;

  const change = (part: Partial<PolicyBody>) => {
    apply.reset();
    setDraft((before) => ({ ...before, ...part }));
  };

  const undo = () => {
    apply.reset();
    simulation.reset();
    setTried(null);
    setDraft(said(policy));
  };

  const simulate = () => {
    const wanted = draft;
    setTried(wanted);
    simulation.mutate(wanted);
  };

  const keep = () =>
    apply.mutate(draft, {
      onSuccess: (now) => {
        setDraft(said(now));
        setTried(null);
        simulation.reset();
        message.success(t("identityRules.applied"));
      },
    });

  return {
    draft,
    change,
    undo,
    simulate,
    keep,
    dirty,
    unsaved,
    /** What these very rules would make of the past. */
    difference: tried === draft ? simulation.data : undefined,
    simulating: simulation.isPending,
    applying: apply.isPending,
    error: apply.error ?? (tried === draft ? simulation.error : null),
  };
}

export type RulesDraft = ReturnType<typeof useRules>;
