import { App, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { type Merge, useMerge, useUndoMerge, useUndoPreview } from "../../api/identity";
import { ProblemAlert } from "../../parts/ProblemAlert";
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
    <Modal
      open
      title={t("identity.undoTitle")}
      okText={t("identity.undo")}
      okButtonProps={{ danger: true, loading: undo.isPending, disabled: !data || !preview.data }}
      cancelText={t("action.cancel")}
      onOk={submit}
      onCancel={onClose}
    >
      <ProblemAlert error={undo.error ?? preview.error ?? error} />
      <p>{t("identity.undoAsk", { absorbed: nameOf(merge.absorbed), survivor: nameOf(merge.survivor) })}</p>
      {data ? <Moving rows={data.moved} /> : !error && <BlockSkeleton lines={3} />}
      {preview.data && <SharedOut assets={preview.data.assets} later={preview.data.later} />}
      <p className="muted small">{t("identity.undoHint")}</p>
    </Modal>
  );
}
