import { App, Switch } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useChangeOrderSettings, useOrderSettings } from "../../../api/orderSettings";
import { useCan } from "../../../app/session";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../../parts/states";
import styles from "../offers.module.css";

/** Whether packets go back with the purchase they were given for. One rule for the whole shop, so it is saved at once. */
export function TakesBack() {
  const { t } = useTranslation();
  const can = useCan();
  const id = useId();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const settings = useOrderSettings(can("settings.read"));
  const change = useChangeOrderSettings();
  if (!can("settings.read")) return null;
  const takes = settings.data?.takes_packets_back;
  const ask = (wanted: boolean) =>
    modal.confirm({
      title: t(wanted ? "packets.back.askOn" : "packets.back.askOff"),
      content: t("packets.back.everywhere"),
      okText: t("action.confirm"),
      onOk: () =>
        change.mutateAsync({ takes_packets_back: wanted }).then(
          () => void message.success(t("packets.back.saved")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <Panel title={t("packets.back.title")}>
      {settings.error && <ErrorState error={settings.error} onRetry={() => settings.refetch()} />}
      {settings.isPending && <BlockSkeleton lines={2} />}
      {takes !== undefined && (
        <div className={styles.switched}>
          <label htmlFor={id} className="spread" style={{ alignItems: "center" }}>
            <strong>{t("packets.back.label")}</strong>
            <Switch
              id={id}
              checked={takes}
              loading={change.isPending}
              disabled={!can("settings.write")}
              onChange={ask}
            />
          </label>
          <div>{t(takes ? "packets.back.on" : "packets.back.off")}</div>
          <div className="muted small">{t("packets.back.everywhere")}</div>
        </div>
      )}
    </Panel>
  );
}
