import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { type OrderSettings, useOrderSettings } from "../../api/orderSettings";
import { useCan } from "../../app/session";
import { LeaveWarning } from "../../parts/LeaveWarning";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { GivenBackFields, MoneyBackField, TimeFields } from "./OrderFields";
import { SettingsHeader } from "./SettingsHeader";
import styles from "./settings.module.css";
import { useOrderForm } from "./useOrderForm";

/** How long orders wait, and what refunds give back. */
export default function OrderSettingsPage() {
  const { data, error, refetch } = useOrderSettings();
  return (
    <>
      <SettingsHeader here="/settings/orders" />
      {data ? (
        <OrderSettingsForm settings={data} />
      ) : (
        <div className={styles.page}>
          <Panel>
            {error ? <ErrorState error={error} onRetry={() => refetch()} /> : <BlockSkeleton lines={10} />}
          </Panel>
        </div>
      )}
    </>
  );
}

function OrderSettingsForm({ settings }: { settings: OrderSettings }) {
  const { t } = useTranslation();
  const can = useCan();
  const may = can("settings.write");
  const { form, change, dirty, unsaved, touch, submit, undo } = useOrderForm(settings);
  return (
    <Form<OrderSettings>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!may}
      initialValues={settings}
      onValuesChange={touch}
      onFinish={() => void submit()}
      className={styles.page ?? ""}
    >
      <p className="muted">{t(may ? "orderSettings.hint" : "orderSettings.readOnly")}</p>
      <ProblemAlert error={change.error} form={form} />
      <Panel title={t("orderSettings.section.time")}>
        <TimeFields />
      </Panel>
      <Panel title={t("orderSettings.section.money")}>
        <MoneyBackField />
      </Panel>
      <Panel title={t("orderSettings.section.given")}>
        <GivenBackFields />
      </Panel>
      {may && (
        <footer className={styles.foot} data-dirty={dirty || undefined}>
          <span className="muted" aria-live="polite">
            {dirty && t("orderSettings.unsaved")}
          </span>
          <Button disabled={!dirty || change.isPending} onClick={undo}>
            {t("orderSettings.undo")}
          </Button>
          <Button type="primary" htmlType="submit" disabled={!dirty} loading={change.isPending}>
            {t("action.save")}
          </Button>
        </footer>
      )}
      <LeaveWarning unsaved={unsaved} onSave={submit} />
    </Form>
  );
}
