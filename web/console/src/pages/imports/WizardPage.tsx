import { Steps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useImport, useStartImport } from "../../api/imports";
import type { ImportKind, ImportPreview } from "../../api/types";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { usePhone } from "../../parts/usePhone";
import { ChooseStep, KINDS } from "./ChooseStep";
import { MapStep } from "./MapStep";
import { RunStep } from "./RunStep";

interface Chosen {
  preview: ImportPreview;
  mapping: Record<string, string>;
}

/** Choose, map, try without writing, then write. */
export default function WizardPage() {
  const { t } = useTranslation();
  const phone = usePhone();
  const [asked] = useSearchParams();
  const [kind, setKind] = useState<ImportKind>(
    () => KINDS.find((known) => known === asked.get("kind")) ?? "members",
  );
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [dryId, setDryId] = useState<string | null>(null);
  const [realId, setRealId] = useState<string | null>(null);
  const start = useStartImport();
  const job = useImport(realId ?? dryId);
  const step = realId ? 3 : dryId ? 2 : chosen ? 1 : 0;

  const run = (dry_run: boolean) => {
    if (!chosen) return;
    const { preview, mapping } = chosen;
    start.mutate(
      { kind: preview.kind, upload_id: preview.upload_id, mapping, dry_run },
      { onSuccess: ({ id }) => (dry_run ? setDryId(id) : setRealId(id)) },
    );
  };

  const reset = () => {
    setChosen(null);
    setDryId(null);
    setRealId(null);
    start.reset();
  };

  return (
    <>
      <PageHeader back="/imports" title={t("imports.new")} />
      <div style={{ maxWidth: 960 }}>
        <Steps
          size="small"
          current={step}
          {...(phone && { type: "dot" as const, orientation: "horizontal" as const, responsive: false })}
          style={{ marginBottom: 18 }}
          items={(["kind", "map", "dry", "run"] as const).map((name) => ({
            title: t(`imports.step.${name}`),
          }))}
        />
        <Panel>
          <ProblemAlert error={start.error} />
          {step === 0 && (
            <ChooseStep
              kind={kind}
              onKind={setKind}
              onPreview={(preview) => setChosen({ preview, mapping: { ...preview.mapping } })}
            />
          )}
          {step === 1 && chosen && (
            <MapStep
              {...chosen}
              busy={start.isPending}
              onChange={(mapping) => setChosen({ ...chosen, mapping })}
              onBack={reset}
              onNext={() => run(true)}
            />
          )}
          {step >= 2 && (
            <RunStep
              job={job.data}
              error={job.error}
              starting={start.isPending}
              onBack={() => setDryId(null)}
              onRun={() => run(false)}
              onAgain={reset}
            />
          )}
        </Panel>
      </div>
    </>
  );
}
