import { App, Button, DatePicker, Form, Radio, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { type ClearingTerms, useChangeClearingTerms, useClearingTerms } from "../../api/clearing";
import { useCan } from "../../app/session";
import { showFieldProblems } from "../../parts/formProblems";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import styles from "./clearing.module.css";

const BEARERS = ["issuing_store", "merchant"] as const;

interface Fields extends Omit<ClearingTerms, "since"> {
  since: Dayjs;
}

/** By which terms days are cleared. */
export function TermsTab() {
  const { t } = useTranslation();
  const { data, error, refetch } = useClearingTerms();
  return (
    <div className={styles.form}>
      <Panel title={t("clearing.terms.title")}>
        {error ? (
          <ErrorState error={error} onRetry={() => refetch()} />
        ) : data ? (
          <TermsForm key={JSON.stringify(data)} terms={data} />
        ) : (
          <BlockSkeleton lines={6} />
        )}
      </Panel>
    </div>
  );
}

function TermsForm({ terms }: { terms: ClearingTerms }) {
  const { t } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useChangeClearingTerms();
  const settle = Form.useWatch("stores_settle", form) ?? terms.stores_settle;
  const may = can("clearing.write");
  function submit({ since, ...rest }: Fields) {
    const day = since.format("YYYY-MM-DD");
    change.mutate(
      { ...rest, ...(day !== terms.since && { since: day }) },
      {
        onSuccess: () => void message.success(t("clearing.terms.saved")),
        onError: (error) => showFieldProblems(form, error),
      },
    );
  }
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!may}
      preserve
      initialValues={{ ...terms, since: dayjs(terms.since) }}
      onFinish={(fields) => submit({ ...terms, ...fields })}
    >
      <p className="muted">{may ? t("clearing.terms.hint") : t("clearing.terms.readOnly")}</p>
      <ProblemAlert error={change.error} form={form} />
      <Form.Item name="since" label={t("clearing.terms.since")} extra={t("clearing.terms.sinceHint")}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Choice name="stores_settle" />
      {settle && <Choice name="merchant_funds" />}
      {settle && (
        <Form.Item name="bonus_bearer" label={t("clearing.terms.bonus_bearer")}>
          <Radio.Group
            options={BEARERS.map((value) => ({ value, label: t(`clearing.terms.bearer.${value}`) }))}
          />
        </Form.Item>
      )}
      {may && (
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t("action.save")}
        </Button>
      )}
    </Form>
  );
}

function Choice({ name }: { name: "stores_settle" | "merchant_funds" }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={name}
      label={t(`clearing.terms.${name}`)}
      extra={t(`clearing.terms.${name}Hint`)}
      valuePropName="checked"
    >
      <Switch />
    </Form.Item>
  );
}
