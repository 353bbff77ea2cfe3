import { App, Button, Tag as Mark } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Segment } from "../../api/segments";
import { type Tag, type TagGroup, useChangeTag, useRemoveTagGroup } from "../../api/tags";
import { Panel } from "../../parts/Panel";
import { useProblemWords } from "../../parts/states";
import { TagChip } from "../../parts/TagChip";
import { useFormat } from "../../parts/useFormat";

interface Props {
  group: TagGroup;
  may: boolean;
  /** Segments that put a tag. */
  putting: Segment[];
  onEdit: () => void;
  onTag: (tag: Tag | null) => void;
}

export function GroupPanel({ group, may, putting, onEdit, onTag }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const words = useProblemWords();
  const remove = useRemoveTagGroup();
  const title = (
    <>
      {format.text(group.name)}
      {group.exclusive && <Mark variant="filled">{t("tags.oneOf")}</Mark>}
    </>
  );
  const extra = may && (
    <span className="cluster">
      <Button size="small" onClick={() => onTag(null)}>
        {t("tags.add")}
      </Button>
      <Button size="small" type="text" onClick={onEdit}>
        {t("tags.editGroup")}
      </Button>
      {group.tags.length === 0 && (
        <Button
          size="small"
          type="text"
          danger
          onClick={() =>
            remove.mutate(group.id, { onError: (error) => void message.error(words(error).detail) })
          }
        >
          {t("action.delete")}
        </Button>
      )}
    </span>
  );
  return (
    <Panel title={title} extra={extra}>
      {group.tags.length === 0 && <span className="muted">{t("tags.emptyGroup")}</span>}
      <div style={{ display: "grid", gap: 8 }}>
        {group.tags.map((tag) => (
          <Row
            key={tag.id}
            tag={tag}
            group={group}
            may={may}
            by={putting.find((segment) => segment.tag?.id === tag.id)}
            onEdit={() => onTag(tag)}
          />
        ))}
      </div>
    </Panel>
  );
}

interface RowProps {
  tag: Tag;
  group: TagGroup;
  may: boolean;
  /** The segment that puts it. */
  by: Segment | undefined;
  onEdit: () => void;
}

function Row({ tag, group, may, by, onEdit }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const change = useChangeTag();
  const set = (archived: boolean) =>
    change.mutateAsync({ id: tag.id, body: { archived } }).then(
      () => {},
      (error: unknown) => void message.error(words(error).detail),
    );
  const archive = () =>
    modal.confirm({
      title: t("tags.archiveAsk", { name: format.text(tag.name) }),
      content: t("tags.archiveHint"),
      okText: t("tags.archive"),
      onOk: () => set(true),
    });
  return (
    <div className="spread" style={{ flexWrap: "wrap", opacity: tag.archived ? 0.6 : 1 }}>
      <span className="cluster">
        <TagChip tag={tag} group={group} />
        <span className="muted small mono">{tag.code}</span>
        <span className="muted small">
          {by ? (
            <>
              {t("segments.tag.by")} <Link to={`/segments/${by.id}`}>{by.name}</Link>
            </>
          ) : tag.days === null ? (
            t("tags.forGood")
          ) : (
            t("tags.lasts", { count: tag.days })
          )}
        </span>
        {tag.archived && <span className="muted small">{t("tags.archived")}</span>}
      </span>
      <span className="cluster">
        <span className="num">{t("tags.members", { count: tag.members ?? 0 })}</span>
        {may && (
          <>
            <Button size="small" type="text" onClick={onEdit}>
              {t("tags.change")}
            </Button>
            <Button size="small" type="text" onClick={() => (tag.archived ? set(false) : archive())}>
              {t(tag.archived ? "tags.restore" : "tags.archive")}
            </Button>
          </>
        )}
      </span>
    </div>
  );
}
