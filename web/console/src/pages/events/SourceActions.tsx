import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type EventSource, useChangeSource, useRevokeSource } from "../../api/events";
import { useCan } from "../../app/session";
import { useProblemWords } from "../../parts/states";
import { ProfilesDrawer } from "./ProfilesDrawer";

/** How to send, what becomes of members' profiles, whether only what is decided, and no more. */
export function SourceActions({ source, onInstall }: { source: EventSource; onInstall: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const revoke = useRevokeSource();
  const hold = useChangeSource();
  const [profiles, setProfiles] = useState(false);
  if (!can("events.write") || source.revoked_at) return null;
  const failed = (error: unknown) => void message.error(words(error).detail);
  const strict = source.mode === "enforced";
  const askMode = () =>
    modal.confirm({
      title: t(strict ? "events.loosenAsk" : "events.enforceAsk", { name: source.name }),
      content: t(strict ? "events.loosenHint" : "events.enforceHint"),
      okText: t(strict ? "events.loosen" : "events.enforce"),
      onOk: () =>
        hold.mutateAsync({ id: source.id, mode: strict ? "inferred" : "enforced" }).then(() => {}, failed),
    });
  const askRevoke = () =>
    modal.confirm({
      title: t("events.revokeAsk", { name: source.name }),
      content: t("events.revokeHint"),
      okText: t("events.revoke"),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync(source.id).then(() => {}, failed),
    });
  return (
    <span className="cluster" style={{ gap: 0, flexWrap: "wrap" }}>
      <Button size="small" type="text" onClick={onInstall}>
        {t("events.install")}
      </Button>
      <Button size="small" type="text" onClick={() => setProfiles(true)}>
        {t("events.profiles")}
      </Button>
      <Button size="small" type="text" onClick={askMode}>
        {t(strict ? "events.loosen" : "events.enforce")}
      </Button>
      <Button size="small" type="text" danger onClick={askRevoke}>
        {t("events.revoke")}
      </Button>
      {profiles && <ProfilesDrawer source={source} onClose={() => setProfiles(false)} />}
    </span>
  );
}
