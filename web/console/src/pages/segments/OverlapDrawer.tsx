import { App, Button, Drawer, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type SetOp, useOverlap, useRefreshSegment, useSaveSegment, useSegments } from "../../api/segments";
import { useCan } from "../../app/session";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { newCode } from "./SegmentFields";
import styles from "./segments.module.css";

const MOST = 5;
const KNOWN = 100;
const OPS: readonly SetOp[] = ["intersect", "union", "except"];

/** How several segments cut each other; a part can become a segment of its own. */
export function OverlapDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const may = useCan()("segments.write");
  const [ids, setIds] = useState<string[]>([]);
  const known = useSegments({ status: "active", limit: KNOWN, cursor: undefined }).data?.items ?? [];
  return (
    <Drawer open onClose={onClose} size={560} title={t("overlap.title")}>
      <Select<string[]>
        mode="multiple"
        autoFocus
        style={{ width: "100%" }}
        value={ids}
        maxCount={MOST}
        placeholder={t("overlap.pick")}
        aria-label={t("overlap.pick")}
        showSearch={{ optionFilterProp: "label" }}
        options={known.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setIds}
      />
      <p className="muted small">{t("overlap.hint")}</p>
      {ids.length > 1 && <Parts ids={ids} />}
      {ids.length > 1 && may && (
        <Making ids={ids} names={ids.map((id) => known.find((one) => one.id === id)?.name ?? "")} />
      )}
    </Drawer>
  );
}

/** Every part with its size: a dot for each segment that holds it. */
function Parts({ ids }: { ids: string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useOverlap(ids);
  const found = query.data;
  if (query.error && !found) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  if (!found) return <BlockSkeleton lines={5} />;
  const nameOf = (id: string) => found.segments.find(({ segment }) => segment.id === id)?.segment.name ?? "";
  const parts = [...found.parts].sort((one, other) => other.count - one.count);
  const most = Math.max(1, ...parts.map(({ count }) => count));
  const said = (part: string[]) =>
    part.length === 1
      ? t("overlap.only", { name: nameOf(part[0] ?? "") })
      : t("overlap.joined", { names: part.map(nameOf).join(" · ") });
  return (
    <ul className={styles.parts} aria-busy={query.isPlaceholderData || undefined}>
      {parts.map((part) => (
        <li key={part.ids.join()}>
          <span className={styles.dots} aria-hidden="true">
            {found.segments.map(({ segment: { id } }) => (
              <i key={id} data-in={part.ids.includes(id) || undefined} />
            ))}
          </span>
          <span className="small">{said(part.ids)}</span>
          <strong className="num">{format.number(part.count)}</strong>
          <span className={styles.part}>
            <span style={{ width: `${(100 * part.count) / most}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Making({ ids, names }: { ids: string[]; names: string[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const words = useProblemWords();
  const save = useSaveSegment();
  const refresh = useRefreshSegment();
  const make = async (op: SetOp) => {
    const name = t(`overlap.madeOf.${op}`, { names: names.join(" · ") }).slice(0, 60);
    try {
      const made = await save.mutateAsync({
        before: undefined,
        body: { name, code: newCode(), kind: "set", sets: { op, of: ids }, refresh: "daily" },
      });
      await refresh.mutateAsync(made.id);
      message.success(t("overlap.made"));
      navigate(`/segments/${made.id}`);
    } catch (error) {
      message.error(words(error).detail);
    }
  };
  const busy = save.isPending || refresh.isPending;
  return (
    <section className={styles.making}>
      <span className="muted small">{t("overlap.make")}</span>
      {OPS.map((op) => (
        <Button key={op} disabled={busy} onClick={() => void make(op)}>
          {t(`overlap.ops.${op}`)}
        </Button>
      ))}
    </section>
  );
}
