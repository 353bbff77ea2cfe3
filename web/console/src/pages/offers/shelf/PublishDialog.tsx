import { Alert, App, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Shelf, useLife, usePreview, type Written } from "../../../api/shelf";
import type { OfferPreview } from "../../../api/types";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../../parts/states";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";
import styles from "../offers.module.css";
import { ProblemList } from "./ProblemList";

interface Props<Row extends Written, Detail extends Row, Body> {
  shelf: Shelf<Row, Detail, Body>;
  id: string;
  name: string;
  sentence: ReactNode;
  onClose: () => void;
}

/** What publishing will touch, before it does. */
export function PublishDialog<Row extends Written, Detail extends Row, Body>({
  shelf,
  id,
  name,
  sentence,
  onClose,
}: Props<Row, Detail, Body>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const words = useProblemWords();
  const preview = usePreview(shelf, id);
  const life = useLife(shelf);
  const publish = () =>
    life.mutate(
      { id, verb: "publish" },
      {
        onSuccess: () => {
          message.success(t("offers.published", { name }));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t("offers.ask.publish", { name })}
      okText={t("offers.verb.publish")}
      {...staysWhile(life.isPending)}
      okButtonProps={{ disabled: !preview.data || preview.data.problems.length > 0 }}
      onOk={publish}
      onCancel={onClose}
    >
      {sentence}
      {preview.isPending && <BlockSkeleton lines={3} />}
      {preview.error && <ErrorState error={preview.error} onRetry={() => preview.refetch()} />}
      {preview.data && <Reach preview={preview.data} ofGoods={shelf.name !== "red-packet-campaigns"} />}
      {life.error && <Alert type="error" showIcon title={words(life.error).detail} role="alert" />}
    </Modal>
  );
}

function Reach({ preview, ofGoods }: { preview: OfferPreview; ofGoods: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (preview.problems.length > 0) {
    return (
      <div style={{ marginTop: 14 }}>
        <Alert type="warning" showIcon title={t("offers.notYet")} style={{ marginBottom: 10 }} />
        <ProblemList problems={preview.problems} />
      </div>
    );
  }
  const counts = [
    ...(ofGoods ? ([["products", preview.products]] as const) : []),
    ["stores", preview.stores] as const,
    [preview.members_at_most ? "membersAtMost" : "members", preview.members] as const,
  ];
  return (
    <>
      <dl className={styles.counts}>
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`offers.reach.${name}`)}</dt>
            <dd className="num">{format.number(count)}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small" style={{ margin: 0 }}>
        {t("offers.publishHint")}
      </p>
    </>
  );
}
