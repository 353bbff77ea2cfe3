import { LockOutlined } from "@ant-design/icons";
import { Alert, App, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCloseDay, useClosingPreview } from "../../api/clearing";
import { Money } from "../../parts/Money";
import { BlockSkeleton } from "../../parts/skeletons";
import { useProblemWords } from "../../parts/states";
import { staysWhile } from "../../parts/staysWhile";
import { useFormat } from "../../parts/useFormat";
import styles from "./clearing.module.css";

/** Closes all days up to one, after showing what that comes to. */
export function CloseButton({ day, label }: { day: string; label: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" icon={<LockOutlined />} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && <CloseDialog day={day} onClose={() => setOpen(false)} />}
    </>
  );
}

function CloseDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const words = useProblemWords();
  const preview = useClosingPreview(day);
  const close = useCloseDay();
  const days = preview.data?.days ?? 0;
  const confirm = () =>
    close.mutate(day, {
      onSuccess: () => {
        message.success(t("clearing.close.done", { day: format.day(day) }));
        onClose();
      },
    });
  const error = close.error ?? preview.error;
  return (
    <Modal
      open
      title={t("clearing.close.title", { day: format.day(day) })}
      okText={t("clearing.close.confirm", { count: days })}
      {...staysWhile(close.isPending)}
      okButtonProps={{ disabled: days === 0 }}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className={styles.preview}>
        {preview.isPending ? <BlockSkeleton lines={3} /> : preview.data && <Comes closing={preview.data} />}
        {error && <Alert type="error" showIcon title={words(error).detail} role="alert" />}
      </div>
    </Modal>
  );
}

/** What closing would come to. */
function Comes({ closing }: { closing: NonNullable<ReturnType<typeof useClosingPreview>["data"]> }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (closing.days === 0 || closing.from === null)
    return <p className="muted">{t("clearing.close.nothing")}</p>;
  return (
    <>
      <span>
        {t("clearing.close.what", {
          count: closing.days,
          from: format.day(closing.from),
          to: format.day(closing.to),
        })}
      </span>
      <dl className={styles.facts}>
        <div>
          <dt>{t("clearing.column.entries")}</dt>
          <dd className="num">{format.number(closing.entries)}</dd>
        </div>
        <div>
          <dt>{t("clearing.column.amount")}</dt>
          <dd>
            <Money minor={closing.amount_minor} />
          </dd>
        </div>
        <div>
          <dt>{t("clearing.column.parties")}</dt>
          <dd className="num">{format.number(closing.positions.length)}</dd>
        </div>
      </dl>
      {closing.late > 0 && (
        <span className="muted small">
          {t("clearing.late", { count: closing.late })} · {t("clearing.lateHint")}
        </span>
      )}
      <Alert type="warning" showIcon title={t("clearing.close.hint")} />
    </>
  );
}
