import { App, Badge, Button, Form, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useDropDraft } from "../../../api/programme";
import { useProgramme } from "../../../api/settings";
import type { Programme, ProgrammeDocument } from "../../../api/types";
import { LeaveWarning } from "../../../parts/LeaveWarning";
import { PageHeader } from "../../../parts/PageHeader";
import { PageSkeleton } from "../../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../../parts/states";
import { useFilters } from "../../../parts/useFilters";
import { useSayDocument } from "../say/useSayDocument";
import { isSection, SECTIONS, type Section } from "../say/words";
import { DraftContext } from "./context";
import { DraftAside } from "./DraftAside";
import styles from "./draft.module.css";
import { PublishDraft } from "./PublishDraft";
import { partsOf } from "./problems";
import { SectionFields } from "./SectionFields";
import { useDraft } from "./useDraft";

const NAMES = ["section"] as const;

/** The programme is written here, tried, and published as a whole. */
export default function DraftPage() {
  const { data, error, isPending, refetch } = useProgramme();
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return <Editor programme={data} />;
}

function Editor({ programme }: { programme: Programme }) {
  const { t } = useTranslation();
  const draft = useDraft(programme);
  const { filters, setFilters } = useFilters(NAMES);
  const section: Section = filters.section && isSection(filters.section) ? filters.section : "tiers";
  const [open, setOpen] = useState<number | null>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const [publishing, setPublishing] = useState(false);
  const { say, products, stores } = useSayDocument([programme.document, draft.values]);
  const before = say(programme.document);
  const after = say(draft.values, programme.document);
  const go = (name: Section, item: number | null = null) => {
    setOpen(item);
    setFilters({ section: name });
  };
  const pick = (path: string) => {
    const [name, item] = partsOf(path);
    if (!isSection(String(name))) return;
    const listed = name !== "tiers" && typeof item === "number";
    go(name as Section, listed ? item : null);
    setFocus(path);
  };
  const wrongsOf = (name: Section) => draft.wrongs.filter(({ path }) => partsOf(path)[0] === name).length;
  return (
    <>
      <PageHeader
        back="/programme"
        title={t("draft.title")}
        hint={draft.dirty ? t("draft.leave") : t("draft.hint")}
        actions={
          <>
            <Button loading={draft.saving} disabled={!draft.dirty} onClick={() => void draft.submit()}>
              {t("draft.save")}
            </Button>
            <Button
              type="primary"
              disabled={!draft.dirty && !programme.draft}
              onClick={async () => (!draft.dirty || (await draft.submit())) && setPublishing(true)}
            >
              {t("draft.publish")}
            </Button>
            {programme.draft && <Discard onDropped={draft.settle} />}
          </>
        }
      />
      <Tabs
        activeKey={section}
        onChange={(name) => go(name as Section)}
        items={SECTIONS.map((name) => ({
          key: name,
          label: (
            <Badge count={wrongsOf(name)} size="small" offset={[8, 0]}>
              {t(`programme.section.${name}`)}
            </Badge>
          ),
        }))}
      />
      <DraftContext
        value={{
          wrongs: draft.wrongs,
          focus,
          said: after,
          products,
          stores,
          open,
          onOpen: (item) => {
            setFocus(null);
            setOpen(item);
          },
          onTouch: draft.touch,
        }}
      >
        <Form<ProgrammeDocument>
          form={draft.form}
          layout="vertical"
          requiredMark={false}
          initialValues={draft.initial}
          onValuesChange={draft.touch}
          className={styles.editor ?? ""}
        >
          <div className={styles.main}>
            <SectionFields key={section} section={section} />
          </div>
          <aside className={styles.aside}>
            <DraftAside draft={draft} live={programme.document} before={before} after={after} onPick={pick} />
          </aside>
        </Form>
      </DraftContext>
      <LeaveWarning unsaved={draft.unsaved} onSave={draft.submit} />
      {publishing && (
        <PublishDraft
          programme={programme}
          live={before}
          planned={after}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}

function Discard({ onDropped }: { onDropped: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const drop = useDropDraft();
  const ask = () =>
    modal.confirm({
      title: t("draft.discardAsk"),
      content: t("draft.discardHint"),
      okText: t("draft.discard"),
      okButtonProps: { danger: true },
      onOk: () =>
        drop.mutateAsync().then(
          () => {
            message.success(t("draft.discarded"));
            onDropped();
            navigate("/programme");
          },
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <Button danger type="text" onClick={ask}>
      {t("draft.discard")}
    </Button>
  );
}
