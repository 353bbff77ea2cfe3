import { App, Button, Form, Segmented } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router";
import { Problem } from "../../api/client";
import {
  type Refresh,
  type Segment,
  type Tree,
  usePreview,
  usePreviewCost,
  useRefreshSegment,
  useSaveSegment,
  useSegment,
} from "../../api/segments";
import { showFieldProblems } from "../../parts/formProblems";
import { LeaveWarning } from "../../parts/LeaveWarning";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import type { Begun } from "../../parts/useBeginSegment";
import { useFormat } from "../../parts/useFormat";
import { useSettled } from "../../parts/useSettled";
import styles from "./builder/builder.module.css";
import { CapFields } from "./builder/CapFields";
import { type CapDraft, capDraftOf, writtenCap } from "./builder/model/cap";
import type { GroupDraft } from "./builder/model/draft";
import { problemsById } from "./builder/model/problems";
import { draftOf } from "./builder/model/reading";
import { NO_SETS, type Sets, treeOfSets } from "./builder/model/sets";
import { written } from "./builder/model/writing";
import { PreviewPanel } from "./builder/PreviewPanel";
import { SetFields } from "./builder/SetFields";
import { Starters } from "./builder/Starters";
import { TreeBuilder } from "./builder/TreeBuilder";
import { newCode, SegmentFields } from "./SegmentFields";

const PAUSE_MS = 300;
const NOTHING: Tree = { rule: "all", of: [] };

/** A segment is written, or written anew: whom it holds is counted meanwhile. */
export default function SegmentBuilderPage() {
  const { id = "" } = useParams();
  const segment = useSegment(id);
  if (id !== "" && segment.isPending) return <PageSkeleton />;
  if (segment.error && !segment.data)
    return <ErrorState error={segment.error} onRetry={() => segment.refetch()} />;
  return <Writing key={id} before={segment.data} />;
}

interface Fields {
  name: string;
  code: string;
  refresh: Refresh;
}

function Writing({ before }: { before: Segment | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const words = useProblemWords();
  const begun = useLocation().state as Begun | null;
  const [form] = Form.useForm<Fields>();
  const [draft, setDraft] = useState<GroupDraft>(() => draftOf(before?.tree ?? begun?.tree ?? NOTHING));
  const [asked, setAsked] = useState(false);
  const unsaved = useRef(false);
  const now = useMemo(() => written(draft), [draft]);
  const settled = useSettled(now, PAUSE_MS);
  const [cap, setCap] = useState<CapDraft>(() => capDraftOf(before?.cap ?? null));
  const limit = useMemo(() => writtenCap(cap), [cap]);
  const settledLimit = useSettled(limit, PAUSE_MS);
  const [sets, setSets] = useState<Sets>(() => before?.sets ?? NO_SETS);
  const [kind, setKind] = useState<"rule" | "set">(before?.kind === "set" ? "set" : "rule");
  const ofSets = useMemo(() => treeOfSets(sets), [sets]);
  const tree = kind === "set" ? ofSets : settled.tree;
  const open = (kind === "set" ? Number(ofSets === null) : now.open.size) + Number(limit === undefined);
  const counted = settledLimit === undefined ? null : tree;
  const preview = usePreview(counted, settledLimit ?? null);
  const cost = usePreviewCost(counted, settledLimit ?? null);
  const stale = settled !== now || settledLimit !== limit || preview.isFetching;
  const save = useSaveSegment();
  const refresh = useRefreshSegment();
  const problems = useMemo(() => {
    const fields = preview.error instanceof Problem ? preview.error.fields : [];
    return problemsById(fields, settled);
  }, [preview.error, settled]);

  const touching =
    <Value,>(put: (value: Value) => void) =>
    (value: Value) => {
      unsaved.current = true;
      put(value);
    };
  const write = touching(setDraft);
  const keep = async (): Promise<Segment | null> => {
    const body = kind === "set" ? ofSets && { kind, sets } : now.tree && { kind, tree: now.tree };
    setAsked(true);
    const fields = await form.validateFields().catch(() => null);
    if (!body || limit === undefined || !fields) return null;
    try {
      const kept = await save.mutateAsync({ before, body: { ...fields, ...body, cap: limit } });
      unsaved.current = false;
      return kept;
    } catch (error) {
      showFieldProblems(form, error);
      return null;
    }
  };
  const finish = async () => {
    const kept = await keep();
    if (!kept) return;
    message.success(t("builder.saved"));
    await refresh.mutateAsync(kept.id).catch((error: unknown) => message.error(words(error).detail));
    navigate(`/segments/${kept.id}`);
  };
  const busy = save.isPending || refresh.isPending;
  const button = (
    <Button type="primary" loading={busy} onClick={() => void finish()}>
      {t("builder.save")}
    </Button>
  );
  return (
    <>
      <PageHeader
        back={before ? `/segments/${before.id}` : "/segments"}
        title={before ? before.name : t("builder.newTitle")}
        actions={button}
      />
      <ProblemAlert error={save.error} form={form} />
      <div className={styles.page}>
        <div className={styles.main}>
          <Panel>
            <Form<Fields>
              form={form}
              layout="vertical"
              requiredMark={false}
              initialValues={{
                name: before?.name ?? begun?.name ?? "",
                code: before?.code ?? newCode(),
                refresh: before?.refresh ?? "daily",
              }}
              onValuesChange={() => {
                unsaved.current = true;
              }}
            >
              <SegmentFields />
            </Form>
          </Panel>
          <Panel
            title={t("builder.rules")}
            definition={t("builder.missingHint")}
            extra={!before && <KindField kind={kind} onChange={touching(setKind)} />}
          >
            {kind === "set" ? (
              <SetFields sets={sets} own={before?.id} asked={asked} onChange={touching(setSets)} />
            ) : (
              <>
                {draft.rules.length === 0 && !before && <Starters onPick={(tree) => write(draftOf(tree))} />}
                <TreeBuilder draft={draft} written={now} problems={problems} asked={asked} onChange={write} />
              </>
            )}
          </Panel>
          <Panel title={t("builder.cap.title")} definition={t("builder.cap.hint")}>
            <CapFields draft={cap} onChange={touching(setCap)} />
          </Panel>
        </div>
        <aside className={styles.aside}>
          <PreviewPanel preview={preview} cost={cost.data} open={open} stale={stale} tree={tree} />
        </aside>
      </div>
      <div className={styles.bar}>
        <span className={stale ? styles.stale : ""}>
          <strong className="num">{preview.data ? format.number(preview.data.count) : "—"}</strong>{" "}
          <span className="muted small">{t("builder.count")}</span>
        </span>
        {button}
      </div>
      <LeaveWarning unsaved={unsaved} onSave={async () => (await keep()) !== null} />
    </>
  );
}

function KindField({ kind, onChange }: { kind: "rule" | "set"; onChange: (kind: "rule" | "set") => void }) {
  const { t } = useTranslation();
  return (
    <Segmented<"rule" | "set">
      size="small"
      value={kind}
      aria-label={t("builder.kind")}
      options={(["rule", "set"] as const).map((value) => ({ value, label: t(`builder.kinds.${value}`) }))}
      onChange={onChange}
    />
  );
}
