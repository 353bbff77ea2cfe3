import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Select, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  CHANNELS,
  type ConsentChannel,
  type ConsentPurpose,
  type ConsentText,
  PURPOSES,
  useConsentTexts,
  usePublishText,
} from "../../api/consent";
import { useCan } from "../../app/session";
import { FieldRow } from "../../parts/FieldRow";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { ErasuresPanel } from "./ErasuresPanel";
import { RetentionPanel } from "./RetentionPanel";
import { SettingsHeader } from "./SettingsHeader";
import styles from "./texts.module.css";

/** What members are asked to agree to, version by version. */
export default function ConsentTextsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState<ConsentText | true | null>(null);
  const { data, error, refetch } = useConsentTexts();
  const may = can("settings.write");
  return (
    <>
      <SettingsHeader here="/settings/privacy" />
      <div className={styles.panels}>
        <Panel
          title={t("consentTexts.title")}
          definition={t("consentTexts.hint")}
          extra={
            may && (
              <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t("consentTexts.add")}
              </Button>
            )
          }
        >
          {error ? (
            <ErrorState error={error} onRetry={() => refetch()} />
          ) : !data ? (
            <BlockSkeleton lines={5} />
          ) : data.items.length === 0 ? (
            <EmptyState title={t("consentTexts.empty")} hint={t("consentTexts.emptyHint")} />
          ) : (
            <ul className={styles.texts}>
              {data.items.map((text) => (
                <TextItem
                  key={`${text.purpose}-${text.version}`}
                  text={text}
                  onChange={may ? () => setAdding(text) : undefined}
                />
              ))}
            </ul>
          )}
        </Panel>
        {can("privacy.read") && <RetentionPanel />}
        {can("privacy.read") && <ErasuresPanel />}
      </div>
      {adding && <TextDrawer from={adding === true ? null : adding} onClose={() => setAdding(null)} />}
    </>
  );
}

function TextItem({ text, onChange }: { text: ConsentText; onChange: (() => void) | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <li data-old={!text.in_force || undefined}>
      <div className="spread">
        <span className="cluster">
          <strong>{label("purpose", text.purpose)}</strong>
          <span>{label("consentChannel", text.channel)}</span>
          <span className="muted">{t("consent.version", { version: text.version })}</span>
          {text.in_force && (
            <Tag color="success" variant="filled">
              {t("consentTexts.inForce")}
            </Tag>
          )}
          {text.double_opt_in && <Tag variant="filled">{t("consentTexts.double")}</Tag>}
        </span>
        <span className="small muted">
          <When at={text.published_at} show="date" />
        </span>
      </div>
      <p>{format.text(text.text)}</p>
      {text.in_force && onChange && (
        <Button type="link" size="small" onClick={onChange}>
          {t("consentTexts.change")}
        </Button>
      )}
    </li>
  );
}

interface Fields {
  purpose: ConsentPurpose;
  channel: ConsentChannel;
  zh?: string;
  en?: string;
  double_opt_in: boolean;
}

function TextDrawer({ from, onClose }: { from: ConsentText | null; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const publish = usePublishText();
  const submit = ({ purpose, channel, zh, en, double_opt_in }: Fields) =>
    publish.mutate(
      { purpose, channel, double_opt_in, text: { zh: zh ?? "", en: en ?? "" } },
      {
        onSuccess: () => {
          message.success(t("consentTexts.published"));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  const purposes = ["terms", ...PURPOSES] as const;
  return (
    <FormDrawer
      title={t(from ? "consentTexts.change" : "consentTexts.add")}
      form={form}
      submit={t("consentTexts.publish")}
      busy={publish.isPending}
      error={publish.error}
      onClose={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          from
            ? { ...from, zh: from.text.zh, en: from.text.en }
            : { purpose: "marketing", channel: "*", double_opt_in: false }
        }
        onFinish={submit}
      >
        <FieldRow least={150}>
          <Form.Item name="purpose" label={t("consent.purpose")}>
            <Select
              disabled={from !== null}
              options={purposes.map((value) => ({ value, label: label("purpose", value) }))}
            />
          </Form.Item>
          <Form.Item name="channel" label={t("consent.channel")}>
            <Select
              disabled={from !== null}
              options={["*", ...CHANNELS].map((value) => ({ value, label: label("consentChannel", value) }))}
            />
          </Form.Item>
        </FieldRow>
        <Form.Item name="zh" label={t("consentTexts.zh")}>
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={5000} />
        </Form.Item>
        <Form.Item name="en" label={t("consentTexts.en")}>
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={5000} />
        </Form.Item>
        <Form.Item
          name="double_opt_in"
          label={t("consentTexts.double")}
          extra={t("consentTexts.doubleHint")}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
