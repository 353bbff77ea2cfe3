import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePuttingSegments } from "../../api/segments";
import { type Tag, type TagGroup, useTags } from "../../api/tags";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { ListSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { GroupDrawer } from "./GroupDrawer";
import { GroupPanel } from "./GroupPanel";
import { TagDrawer } from "./TagDrawer";

/** Groups of tags, what is in them, and how many members have each. */
export default function TagsPage() {
  const { t } = useTranslation();
  const may = useCan()("tags.write");
  const query = useTags(true);
  const putting = usePuttingSegments(useCan()("segments.read")).data?.items ?? [];
  const [group, setGroup] = useState<TagGroup | "new" | null>(null);
  const [tag, setTag] = useState<{ group: TagGroup; tag: Tag | null } | null>(null);
  const add = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setGroup("new")}>
      {t("tags.addGroup")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("tags.title")} hint={t("tags.hint")} actions={add} />
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !query.data ? (
        <ListSkeleton columns={3} />
      ) : query.data.groups.length === 0 ? (
        <EmptyState title={t("tags.empty")} hint={t("tags.emptyHint")} action={add} />
      ) : (
        <div style={{ display: "grid", gap: 12 }}>
          {query.data.groups.map((each) => (
            <GroupPanel
              key={each.id}
              group={each}
              may={may}
              putting={putting}
              onEdit={() => setGroup(each)}
              onTag={(picked) => setTag({ group: each, tag: picked })}
            />
          ))}
        </div>
      )}
      {group !== null && (
        <GroupDrawer group={group === "new" ? null : group} onClose={() => setGroup(null)} />
      )}
      {tag !== null && <TagDrawer {...tag} onClose={() => setTag(null)} />}
    </>
  );
}
