import { Alert, App, Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { usePreviewDraft, usePublish } from "../../../api/programme";
import type { Programme } from "../../../api/types";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../../parts/states";
import { staysWhile } from "../../../parts/staysWhile";
import { ProblemList } from "../../offers/shelf/ProblemList";
import { Changes } from "../Changes";
import type { SaidDocument } from "../say/words";
import { Effects } from "./Effects";

interface Props {
  programme: Programme;
  live: SaidDocument;
  planned: SaidDocument;
  onClose: () => void;
}

/** What publishing the draft changes and does to members, before it does. */
export function PublishDraft({ programme, live, planned, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const words = useProblemWords();
  const { mutate: work, ...preview } = usePreviewDraft();
  const publish = usePublish();
  const document = programme.draft?.document;
  useEffect(() => {
    if (document) work(document);
  }, [work, document]);
  const problems = preview.data?.problems ?? [];
  const nothing = preview.data?.changed.length === 0;
  const confirm = () =>
    publish.mutate(programme.version, {
      onSuccess: ({ version }) => {
        message.success(t("draft.published", { version }));
        navigate("/programme");
      },
    });
  return (
    <Modal
      open
      width={640}
      title={t("draft.ask", { version: programme.version + 1 })}
      okText={t("draft.publish")}
      {...staysWhile(publish.isPending)}
      okButtonProps={{ disabled: !preview.data || problems.length > 0 || nothing }}
      onOk={confirm}
      onCancel={onClose}
    >
      <div style={{ display: "grid", gap: 14 }}>
        <div className="muted small">{t("draft.askHint")}</div>
        <Changes before={live} after={planned} empty={t("draft.nothing")} />
        {preview.isPending && <BlockSkeleton lines={3} />}
        {preview.error && (
          <ErrorState error={preview.error} {...(document && { onRetry: () => work(document) })} />
        )}
        {problems.length > 0 && (
          <div>
            <Alert type="warning" showIcon title={t("offers.notYet")} style={{ marginBottom: 10 }} />
            <ProblemList problems={problems} />
          </div>
        )}
        {preview.data && document && problems.length === 0 && (
          <div>
            <Effects preview={preview.data} live={programme.document} planned={document} />
          </div>
        )}
        {publish.error && <Alert type="error" showIcon title={words(publish.error).detail} role="alert" />}
      </div>
    </Modal>
  );
}
