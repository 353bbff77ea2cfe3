import { App, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Segment, useChangeSegmentTag, useSegmentTag } from "../../api/segments";
import { tagOptions, useTags } from "../../api/tags";
import { useCan } from "../../app/session";
import { ActionDialog } from "../../parts/ActionDialog";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";

/** The tag that its members have as long as they are in it. */
export function TagPanel({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const query = useSegmentTag(segment.id);
  const found = query.data;
  const may = can("segments.write") && can("tags.write") && segment.status === "active";
  return (
    <Panel
      title={t("segments.tag.title")}
      definition={t("segments.tag.definition")}
      extra={
        may &&
        found && (
          <Button size="small" onClick={() => setAsking(true)}>
            {t(found.tag ? "segments.tag.change" : "segments.tag.set")}
          </Button>
        )
      }
    >
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !found ? (
        <BlockSkeleton lines={1} />
      ) : (
        <div style={{ display: "grid", gap: 4 }}>
          {found.tag ? (
            <span className="spread">
              <strong>{format.text(found.tag.name)}</strong>
              <span className="muted">{t("segments.tag.has", { size: format.number(found.members) })}</span>
            </span>
          ) : (
            <span className="muted">{t("segments.tag.none")}</span>
          )}
          {found.pending && (
            <span className="muted small" aria-live="polite">
              {t("segments.tag.pending")}
            </span>
          )}
        </div>
      )}
      {asking && found && (
        <TagDialog segment={segment} members={found.members} onClose={() => setAsking(false)} />
      )}
    </Panel>
  );
}

const NONE = "";

interface Props {
  segment: Segment;
  /** Who have the present tag by this segment. */
  members: number;
  onClose: () => void;
}

function TagDialog({ segment, members, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const tags = useTags();
  const change = useChangeSegmentTag(segment.id);
  const before = segment.tag?.id ?? null;
  const [picked, setPicked] = useState(before);
  const open = tagOptions(tags.data, format.text, (tag) => !tag.archived);
  const options = before === null ? open : [{ value: NONE, label: t("segments.tag.without") }, ...open];
  const submit = () =>
    change.mutate(picked, {
      onSuccess: () => {
        void message.success(t("segments.tag.saved"));
        onClose();
      },
    });
  return (
    <ActionDialog
      title={t("segments.tag.ask")}
      submit={t("action.save")}
      ready={picked !== before}
      busy={change.isPending}
      error={change.error ?? tags.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div style={{ display: "grid", gap: 12 }}>
        <label htmlFor="segment-tag">{t("segments.tag.label", { name: segment.name })}</label>
        <Select<string>
          id="segment-tag"
          value={before === null ? picked : (picked ?? NONE)}
          placeholder={t("segments.tag.pick")}
          loading={tags.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={options}
          notFoundContent={<Link to="/tags">{t("segments.tag.noTags")}</Link>}
          onChange={(id) => setPicked(id === NONE ? null : id)}
        />
        {picked !== before && picked !== null && segment.last && (
          <span>{t("segments.tag.willPut", { size: format.number(segment.last.size) })}</span>
        )}
        {picked !== before && segment.tag && (
          <span>
            {t("segments.tag.willTake", { tag: format.text(segment.tag.name), size: format.number(members) })}
          </span>
        )}
      </div>
    </ActionDialog>
  );
}
