import { App, Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useChangeSettings, useSettings } from "../../api/settings";
import type { Settings, SettingsPatch } from "../../api/types";
import { useCan } from "../../app/session";
import { showFieldProblems } from "../../parts/formProblems";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { SettingsHeader } from "./SettingsHeader";

export default function SettingsPage() {
  const { data, error, refetch } = useSettings();
  return (
    <>
      <SettingsHeader here="/settings" />
      <div style={{ maxWidth: 560 }}>
        <Panel>
          {error ? (
            <ErrorState error={error} onRetry={() => refetch()} />
          ) : data ? (
            <SettingsForm settings={data} />
          ) : (
            <BlockSkeleton lines={6} />
          )}
        </Panel>
      </div>
    </>
  );
}

const zones = Intl.supportedValuesOf("timeZone");

const CURRENCIES = ["CNY", "USD", "EUR", "GBP", "HKD", "TWD", "SGD", "JPY", "KRW"];

const LOCALES = [
  { value: "zh-CN", label: "中文（简体）" },
  { value: "en", label: "English" },
];

function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const [form] = Form.useForm<SettingsPatch>();
  const change = useChangeSettings();
  const required = [{ required: true, message: t("form.required") }];
  const submit = ({ name, currency, timezone, locale }: SettingsPatch) =>
    change.mutate(
      { name, currency, timezone, locale },
      {
        onSuccess: () => void message.success(t("settings.saved")),
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...settings }}
      disabled={!can("settings.write")}
      onFinish={submit}
    >
      <ProblemAlert error={change.error} form={form} />
      <Form.Item name="name" label={t("settings.name")} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="currency" label={t("settings.currency")} extra={t("settings.currencyHint")}>
        <Select
          showSearch
          disabled={settings.has_orders}
          options={CURRENCIES.map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      <Form.Item
        name="timezone"
        label={t("settings.timezone")}
        extra={t("settings.timezoneHint")}
        rules={required}
      >
        <Select showSearch options={zones.map((zone) => ({ value: zone, label: zone }))} />
      </Form.Item>
      <Form.Item name="locale" label={t("settings.locale")} extra={t("settings.localeHint")} rules={required}>
        <Select options={LOCALES} />
      </Form.Item>
      {can("settings.write") && (
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t("action.save")}
        </Button>
      )}
    </Form>
  );
}
