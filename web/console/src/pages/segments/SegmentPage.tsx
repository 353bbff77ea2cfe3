import { EditOutlined, PieChartOutlined, SyncOutlined, UploadOutlined } from "@ant-design/icons";
import { Alert, App, Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import {
  type Segment,
  type Snapshot,
  useArchiveSegment,
  useRefreshSegment,
  useSegment,
} from "../../api/segments";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { HistoryPanel } from "./HistoryPanel";
import { LineagePanel } from "./LineagePanel";
import { MembersPanel } from "./MembersPanel";
import { MovesPanel } from "./MovesPanel";
import { RefreshTag } from "./marks";
import { FILL } from "./NewList";
import styles from "./segments.module.css";
import { TagPanel } from "./TagPanel";

/** One segment: what its rule says, who is in it, and how that changed. */
export default function SegmentPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const [shown, setShown] = useState<Snapshot | null>(null);
  const query = useSegment(id);
  const segment = query.data;
  if (query.isPending) return <PageSkeleton />;
  if (!segment) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  const archived = segment.status === "archived";
  return (
    <>
      <PageHeader
        back="/segments"
        title={segment.name}
        mark={
          <>
            {segment.kind !== "rule" && <Tag variant="filled">{t(`segments.kind.${segment.kind}`)}</Tag>}
            {archived ? (
              <Tag>{t("segments.archived")}</Tag>
            ) : (
              segment.kind !== "upload" && <RefreshTag refresh={segment.refresh} />
            )}
          </>
        }
        hint={<span className="mono">{segment.code}</span>}
        actions={
          <>
            <Link to={`/segments/${segment.id}/insight`}>
              <Button icon={<PieChartOutlined />} tabIndex={-1}>
                {t("segments.insight")}
              </Button>
            </Link>
            {!archived && <Actions segment={segment} />}
          </>
        }
      />
      {archived && (
        <Alert showIcon type="info" title={t("segments.isArchived")} style={{ marginBottom: 12 }} />
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <HistoryPanel
            segment={segment}
            onPick={(snapshot) => setShown(snapshot.number === shown?.number ? null : snapshot)}
          />
          {shown && <MovesPanel segment={segment} snapshot={shown} onClose={() => setShown(null)} />}
          <MembersPanel segment={segment} />
        </div>
        <div className={styles.column}>
          <Latest segment={segment} />
          <Panel title={t("segments.rule")} definition={t("segments.definition")}>
            <Words segment={segment} />
          </Panel>
          <TagPanel segment={segment} />
          <LineagePanel segment={segment} />
        </div>
      </div>
    </>
  );
}

function Words({ segment: { words } }: { segment: Segment }) {
  const { language } = useFormat();
  const both = language === "en" ? [words.en, words.zh] : [words.zh, words.en];
  return both.map((text, at) => (
    <p key={text} className={styles.words} lang={(at === 0) === (language === "en") ? "en" : "zh"}>
      {text}
    </p>
  ));
}

function Latest({ segment: { last } }: { segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("segments.latest")} extra={last && <When at={last.at} />}>
      {last ? (
        <>
          <dl className={styles.figures}>
            <div>
              <dt>{t("segments.column.size")}</dt>
              <dd className="num" data-testid="segment-size">
                {format.number(last.size)}
              </dd>
            </div>
            <div>
              <dt>{t("segments.entered")}</dt>
              <dd className="num">{format.number(last.entered)}</dd>
            </div>
            <div>
              <dt>{t("segments.left")}</dt>
              <dd className="num">{format.number(last.left)}</dd>
            </div>
          </dl>
          <span className="muted small">
            {t("segments.asOf", { day: format.day(last.as_of) })} · {t("segments.took", { ms: last.took_ms })}
          </span>
        </>
      ) : (
        <span className="muted">{t("segments.notLookedHint")}</span>
      )}
    </Panel>
  );
}

function Actions({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message, modal } = App.useApp();
  const words = useProblemWords();
  const refresh = useRefreshSegment();
  const archive = useArchiveSegment();
  const refuse = (error: unknown) => void message.error(words(error).detail);
  if (!useCan()("segments.write")) return null;
  const look = () =>
    refresh.mutate(segment.id, {
      onSuccess: ({ last }) =>
        void message.success(
          t("segments.refreshed", {
            size: format.number(last?.size ?? 0),
            entered: format.number(last?.entered ?? 0),
            left: format.number(last?.left ?? 0),
          }),
        ),
      onError: refuse,
    });
  const ask = () =>
    modal.confirm({
      title: t("segments.archiveAsk", { name: segment.name }),
      content: (
        <>
          {t("segments.archiveHint")}
          {segment.tag && <p>{t("segments.tag.willGo", { tag: format.text(segment.tag.name) })}</p>}
        </>
      ),
      okText: t("segments.archive"),
      onOk: () => archive.mutateAsync(segment).then(() => {}, refuse),
    });
  return (
    <>
      <Button type="text" onClick={ask}>
        {t("segments.archive")}
      </Button>
      {segment.kind !== "upload" && (
        <Link to={`/segments/${segment.id}/edit`}>
          <Button icon={<EditOutlined />} tabIndex={-1}>
            {t("segments.edit")}
          </Button>
        </Link>
      )}
      {segment.kind === "upload" ? (
        <Link to={FILL}>
          <Button type="primary" icon={<UploadOutlined />} tabIndex={-1}>
            {t("segments.fill")}
          </Button>
        </Link>
      ) : (
        <Button type="primary" icon={<SyncOutlined />} loading={refresh.isPending} onClick={look}>
          {t("segments.refreshNow")}
        </Button>
      )}
    </>
  );
}
