import { Button, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "./ProblemAlert";
import { staysWhile } from "./staysWhile";

interface Props {
  title: string;
  submit: string;
  /** Whether there is enough to do it. */
  ready: boolean;
  /** Whether it is being done: until the answer has come, the dialog stays and says so. */
  busy: boolean;
  danger?: boolean;
  error: unknown;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Something of weight, done after it was read what it does. Whoever asked for it sees how it ended. */
export function ActionDialog({
  title,
  submit,
  ready,
  busy,
  danger,
  error,
  onSubmit,
  onClose,
  children,
}: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      {...staysWhile(busy)}
      onCancel={onClose}
      footer={
        <div className="spread">
          <span className="small muted" aria-live="polite">
            {busy && t("action.underWay")}
          </span>
          <span className="cluster">
            <Button disabled={busy} onClick={onClose}>
              {t("action.cancel")}
            </Button>
            <Button
              type="primary"
              danger={danger ?? false}
              disabled={!ready}
              loading={busy}
              onClick={onSubmit}
            >
              {submit}
            </Button>
          </span>
        </div>
      }
    >
      <ProblemAlert error={error} />
      {children}
    </Modal>
  );
}
