import { Button, Modal } from "antd";
import { type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

interface Props {
  /** Whether something would be lost now; asked at the moment of leaving. */
  unsaved: RefObject<boolean>;
  /** Whether it is kept now. Without it there is nothing but to stay or to lose it. */
  onSave?: () => Promise<boolean>;
}

/** Asks before a page is left with changes that are not saved. The browser asks in its own words. */
export function LeaveWarning({ unsaved, onSave }: Props) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    const ask = (leaving: BeforeUnloadEvent) => {
      if (unsaved.current) leaving.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
  const save = async () => {
    setSaving(true);
    const kept = await onSave?.();
    setSaving(false);
    if (kept) blocker.proceed?.();
    else blocker.reset?.();
  };
  return (
    <Modal
      open={blocker.state === "blocked"}
      title={t("leave.title")}
      onCancel={() => blocker.reset?.()}
      width={440}
      footer={[
        <Button key="leave" danger type="text" onClick={() => blocker.proceed?.()}>
          {t("leave.leave")}
        </Button>,
        <Button key="stay" onClick={() => blocker.reset?.()}>
          {t("leave.stay")}
        </Button>,
        onSave && (
          <Button key="save" type="primary" loading={saving} onClick={() => void save()}>
            {t("leave.save")}
          </Button>
        ),
      ]}
    >
      {t("leave.hint")}
    </Modal>
  );
}
