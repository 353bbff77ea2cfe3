import { App, Button, Form, Radio, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { type StoredPolicy, usePutStoredPolicy, useStoredPolicy } from "../../api/storedValue";
import { useCan } from "../../app/session";
import { FieldRow } from "../../parts/FieldRow";
import { showFieldProblems } from "../../parts/formProblems";
import { MoneyInput } from "../../parts/MoneyInput";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./storedValue.module.css";

const ORDERS = ["bonus_first", "principal_first", "proportional"] as const;
const RULES = ["forfeit_all", "proportional", "keep_spent", "keep"] as const;

/** `only_steps` is how people ask for it: the API says `any_amount`. */
type Fields = Omit<StoredPolicy, "any_amount"> & { only_steps: boolean };

/** How stored value is spent, refunded and limited. */
export function PolicyTab() {
  const { t } = useTranslation();
  const { data, error, refetch } = useStoredPolicy();
  return (
    <div className={styles.form}>
      <Panel title={t("storedValue.policy.title")}>
        {error ? (
          <ErrorState error={error} onRetry={() => refetch()} />
        ) : data ? (
          <PolicyForm policy={data} />
        ) : (
          <BlockSkeleton lines={8} />
        )}
      </Panel>
    </div>
  );
}

function PolicyForm({ policy }: { policy: StoredPolicy }) {
  const { t } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const put = usePutStoredPolicy();
  const may = can("stored_value.write");
  const submit = ({ only_steps, ...rest }: Fields) =>
    put.mutate(
      { ...rest, any_amount: !only_steps },
      {
        onSuccess: () => void message.success(t("storedValue.policy.saved")),
        onError: (error) => showFieldProblems(form, error),
      },
    );
  const { any_amount, ...rest } = policy;
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!may}
      initialValues={{ ...rest, only_steps: !any_amount }}
      onFinish={submit}
    >
      <p className="muted">{t(may ? "storedValue.policy.hint" : "storedValue.policy.readOnly")}</p>
      <ProblemAlert error={put.error} form={form} />
      <Form.Item name="spend_order" label={t("storedValue.policy.spend_order")}>
        <Radio.Group
          vertical
          options={ORDERS.map((value) => ({
            value,
            label: (
              <span className={styles.hinted}>
                {t(`storedValue.policy.order.${value}`)}
                <small>{t(`storedValue.policy.orderHint.${value}`)}</small>
              </span>
            ),
          }))}
        />
      </Form.Item>
      <Form.Item name="bonus_rule" label={t("storedValue.policy.bonus_rule")}>
        <Radio.Group
          vertical
          options={RULES.map((value) => ({ value, label: t(`storedValue.policy.rule.${value}`) }))}
        />
      </Form.Item>
      <Limits />
      <Form.Item
        name="only_steps"
        label={t("storedValue.policy.any_amount")}
        extra={t("storedValue.policy.any_amountHint")}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      {may && (
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {t("action.save")}
        </Button>
      )}
    </Form>
  );
}

function Limits() {
  const { t } = useTranslation();
  const format = useFormat();
  const required = { required: true, message: t("form.required") };
  /** Not below another amount, which may be open. */
  const notBelow =
    (other: keyof Fields, words: "minAboveMax" | "balanceBelow") =>
    ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
      validator: (_: unknown, mine: number | null | undefined) => {
        const least = getFieldValue(other);
        if (typeof mine !== "number" || typeof least !== "number" || mine >= least) return Promise.resolve();
        return Promise.reject(new Error(t(`storedValue.policy.${words}`, { amount: format.money(least) })));
      },
    });
  return (
    <FieldRow least={150}>
      <Form.Item name="min_top_up_minor" label={t("storedValue.policy.min_top_up_minor")} rules={[required]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="max_top_up_minor"
        label={t("storedValue.policy.max_top_up_minor")}
        dependencies={["min_top_up_minor"]}
        rules={[required, notBelow("min_top_up_minor", "minAboveMax")]}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name="max_balance_minor"
        label={t("storedValue.policy.max_balance_minor")}
        dependencies={["max_top_up_minor"]}
        rules={[notBelow("max_top_up_minor", "balanceBelow")]}
      >
        <MoneyInput placeholder={t("storedValue.policy.noLimit")} />
      </Form.Item>
    </FieldRow>
  );
}
