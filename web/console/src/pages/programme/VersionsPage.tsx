import { App, Button, Drawer, Tag, Timeline } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSaveDraft, useVersion, useVersions } from "../../api/programme";
import type { ProgrammeDocument, ProgrammeVersion } from "../../api/types";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton, ListSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import { When } from "../../parts/When";
import { Changes } from "./Changes";
import styles from "./programme.module.css";
import { SaidItems, SaidRows } from "./SaidItems";
import { useSayDocument } from "./say/useSayDocument";
import { isSection, SECTIONS } from "./say/words";

/** What was published when by whom, and what it changed. */
export default function VersionsPage() {
  const { t } = useTranslation();
  const versions = useVersions();
  const [seen, setSeen] = useState<number | null>(null);
  if (versions.error) return <ErrorState error={versions.error} onRetry={() => versions.refetch()} />;
  const items = versions.data?.items;
  return (
    <>
      <PageHeader
        back="/programme"
        title={t("programme.versions.title")}
        hint={t("programme.versions.hint")}
      />
      {items ? (
        <Panel>
          <Timeline
            style={{ marginTop: 8 }}
            items={items.map((version, index) => ({
              key: version.version,
              color: index === 0 ? "green" : "gray",
              content: <Row version={version} live={index === 0} onSee={() => setSeen(version.version)} />,
            }))}
          />
        </Panel>
      ) : (
        <ListSkeleton columns={3} />
      )}
      {seen !== null && <VersionDrawer version={seen} onClose={() => setSeen(null)} />}
    </>
  );
}

function Row({ version, live, onSee }: { version: ProgrammeVersion; live: boolean; onSee: () => void }) {
  const { t } = useTranslation();
  const sections = version.changed.filter(isSection).map((name) => t(`programme.section.${name}`));
  return (
    <div className="spread" style={{ alignItems: "flex-start", flexWrap: "wrap" }}>
      <div>
        <span className="cluster">
          <strong>{t("programme.versions.number", { version: version.version })}</strong>
          {live && (
            <Tag variant="filled" color="success">
              {t("programme.versions.live")}
            </Tag>
          )}
        </span>
        <div>
          {version.version === 1
            ? t("programme.versions.first")
            : sections.length > 0
              ? t("programme.versions.changed", { sections: sections.join(t("programme.say.comma")) })
              : t("programme.versions.same")}
        </div>
        <span className="muted small">
          {t("programme.versions.by", { who: version.published_by })} <When at={version.published_at} />
        </span>
      </div>
      <Button size="small" onClick={onSee}>
        {t("programme.versions.see")}
      </Button>
    </div>
  );
}

function VersionDrawer({ version, onClose }: { version: number; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const made = useVersion(version);
  const before = useVersion(version - 1);
  const old = version > 1 ? before.data?.document : undefined;
  const ready = made.data && (version === 1 || before.data);
  const error = made.error ?? before.error;
  return (
    <Drawer
      open
      onClose={onClose}
      size={620}
      title={t(version === 1 ? "programme.versions.number" : "programme.versions.changes", { version })}
      footer={
        can("programme.write") && made.data && <Restore version={version} document={made.data.document} />
      }
    >
      {error && <ErrorState error={error} onRetry={() => void made.refetch()} />}
      {!ready && !error && <BlockSkeleton lines={6} />}
      {made.data && ready && <Shown document={made.data.document} before={old} />}
    </Drawer>
  );
}

function Shown({ document, before }: { document: ProgrammeDocument; before: ProgrammeDocument | undefined }) {
  const { t } = useTranslation();
  const { say } = useSayDocument(before ? [document, before] : [document]);
  const said = say(document);
  if (before) return <Changes before={say(before)} after={said} />;
  return (
    <div className={styles.changes}>
      {SECTIONS.filter((name) => said[name].length > 0).map((name) => (
        <section key={name}>
          <h3>{t(`programme.section.${name}`)}</h3>
          {name === "growth" || name === "points" ? (
            <SaidRows rows={said[name]} />
          ) : (
            <SaidItems items={said[name]} />
          )}
        </section>
      ))}
    </div>
  );
}

function Restore({ version, document }: { version: number; document: ProgrammeDocument }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const save = useSaveDraft();
  const ask = () =>
    modal.confirm({
      title: t("programme.versions.restoreAsk", { version }),
      content: t("programme.versions.restoreHint"),
      okText: t("programme.versions.restore"),
      onOk: () =>
        save.mutateAsync(document).then(
          () => {
            message.success(t("programme.versions.restored"));
            navigate("/programme/draft");
          },
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return <Button onClick={ask}>{t("programme.versions.restore")}</Button>;
}
