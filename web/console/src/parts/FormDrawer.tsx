import { Button, Drawer, type FormInstance } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  title: string;
  // biome-ignore lint/suspicious/noExplicitAny: only submits, whatever the fields are
  form: FormInstance<any>;
  submit: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  children: ReactNode;
}

/** A form at the side of the page it belongs to. */
export function FormDrawer({ title, form, submit, busy, error, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      open
      closable={{ disabled: busy }}
      keyboard={!busy}
      mask={{ closable: !busy }}
      onClose={onClose}
      title={title}
      size={420}
      footer={
        <div className="cluster" style={{ justifyContent: "flex-end" }}>
          <Button disabled={busy} onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="primary" loading={busy} onClick={form.submit}>
            {submit}
          </Button>
        </div>
      }
    >
      <ProblemAlert error={error} form={form} />
      {children}
    </Drawer>
  );
}
