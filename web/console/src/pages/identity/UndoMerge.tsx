import { App } from "antd";
import { useTranslation } from "react-i18next";
import { type Merge, useMerge, useUndoMerge, useUndoPreview } from "../../api/identity";
import { ActionDialog } from "../../parts/ActionDialog";
import { BlockSkeleton } from "../../parts/skeletons";
import { Moving } from "./Moving";
import { nameOf } from "./names";
import { SharedOut } from "./SharedOut";

/** Makes two of one again, after what goes back has been read. */
export function UndoMerge({ merge, onClose }: { merge: Merge; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data, error } = useMerge(merge.id);
  const preview = useUndoPreview(merge.id);
  const undo = useUndoMerge();
  const submit = () =>
    undo.mutate(merge.id, {
      onSuccess: () => {
        message.success(t("identity.undone", { name: nameOf(merge.absorbed) }));
        onClose();
      },
    });
  return (
    <ActionDialog
      title={t("identity.undoTitle")}
      submit={t("identity.undo")}
      danger
      ready={Boolean(data && preview.data)}
      busy={undo.isPending}
      error={undo.error ?? preview.error ?? error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t("identity.undoAsk", { absorbed: nameOf(merge.absorbed), survivor: nameOf(merge.survivor) })}</p>
      {data ? <Moving rows={data.moved} /> : !error && <BlockSkeleton lines={3} />}
      {preview.data && <SharedOut assets={preview.data.assets} later={preview.data.later} />}
      <p className="muted small">{t("identity.undoHint")}</p>
    </ActionDialog>
  );
}
