import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, type FormInstance, Input } from "antd";
import { useTranslation } from "react-i18next";
import { type LadderBody, useAddLadder } from "../../api/storedValue";
import { CountInput } from "../../parts/CountInput";
import { FieldRow } from "../../parts/FieldRow";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { MomentInput } from "../../parts/MomentInput";
import { MoneyInput } from "../../parts/MoneyInput";
import { StoresSelect } from "../../parts/StoresSelect";
import { useFormat } from "../../parts/useFormat";
import styles from "./storedValue.module.css";

interface StepFields {
  pay_minor?: number | null;
  bonus_minor?: number | null;
  bonus_days?: number | null;
  per_member?: number | null;
}

interface Fields {
  name: string;
  steps: StepFields[];
  starts_at?: string | null;
  ends_at?: string | null;
  store_ids?: string[];
}

/** A new ladder. What contradicts the step before is said at the field, as it is typed. */
export function LadderDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const add = useAddLadder();
  const required = [{ required: true, message: t("form.required") }];
  const submit = (fields: Fields) =>
    add.mutate(bodyOf(fields), {
      onSuccess: () => {
        message.success(t("storedValue.ladder.created"));
        onClose();
      },
      onError: (error) => showFieldProblems(form, error),
    });
  return (
    <FormDrawer
      title={t("storedValue.ladder.add")}
      form={form}
      submit={t("action.add")}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ steps: [{}] }}
      >
        <Form.Item
          name="name"
          label={t("storedValue.ladder.name")}
          extra={t("storedValue.ladder.nameHint")}
          rules={required}
        >
          <Input autoFocus maxLength={60} />
        </Form.Item>
        <StepList form={form} />
        <FieldRow least={150}>
          <Form.Item name="starts_at" label={t("storedValue.ladder.starts")}>
            <MomentInput placeholder={t("storedValue.ladder.atOnce")} />
          </Form.Item>
          <Form.Item
            name="ends_at"
            label={t("storedValue.ladder.ends")}
            dependencies={["starts_at"]}
            rules={[
              {
                validator: (_, ends: string | null | undefined) => {
                  const starts: string | null | undefined = form.getFieldValue("starts_at");
                  return !ends || !starts || Date.parse(ends) > Date.parse(starts)
                    ? Promise.resolve()
                    : Promise.reject(new Error(t("storedValue.ladder.endAfter")));
                },
              },
            ]}
          >
            <MomentInput placeholder={t("storedValue.ladder.open")} />
          </Form.Item>
        </FieldRow>
        <Form.Item name="store_ids" label={t("storedValue.ladder.where")}>
          <StoresSelect placeholder={t("storedValue.ladder.storesPick")} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}

function bodyOf({ name, steps, starts_at, ends_at, store_ids }: Fields): LadderBody {
  return {
    name,
    steps: steps.map(({ pay_minor, bonus_minor, bonus_days, per_member }) => ({
      pay_minor: pay_minor ?? 0,
      bonus_minor: bonus_minor ?? 0,
      bonus_days: bonus_days ?? null,
      per_member: per_member ?? null,
    })),
    starts_at: starts_at ?? null,
    ends_at: ends_at ?? null,
    store_ids: store_ids ?? [],
  };
}

function StepList({ form }: { form: FormInstance<Fields> }) {
  const { t } = useTranslation();
  return (
    <Form.Item label={t("storedValue.ladder.steps")} style={{ marginBottom: 0 }}>
      <Form.List name="steps">
        {(rows, { add, remove }) => (
          <div className={styles.steps}>
            {rows.map(({ key, name }) => (
              <Step
                key={key}
                at={name}
                form={form}
                onRemove={rows.length > 1 ? () => remove(name) : undefined}
              />
            ))}
            {rows.length < 20 && (
              <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
                {t("storedValue.ladder.addStep")}
              </Button>
            )}
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

interface StepProps {
  at: number;
  form: FormInstance<Fields>;
  onRemove: (() => void) | undefined;
}

function Step({ at, form, onRemove }: StepProps) {
  const { t } = useTranslation();
  const pay = useRule(form, at, "pay_minor", (mine, lower) => mine > lower);
  const bonus = useRule(form, at, "bonus_minor", (mine, lower) => mine >= lower);
  const before = (name: string) => (at > 0 ? [["steps", at - 1, name]] : []);
  return (
    <div className={styles.step}>
      <div className={styles.pair}>
        <Form.Item
          name={[at, "pay_minor"]}
          label={t("storedValue.ladder.pay")}
          dependencies={before("pay_minor")}
          rules={[{ required: true, message: t("storedValue.ladder.needed") }, pay]}
        >
          <MoneyInput />
        </Form.Item>
        <Form.Item
          name={[at, "bonus_minor"]}
          label={t("storedValue.ladder.bonus")}
          dependencies={before("bonus_minor")}
          rules={[{ required: true, message: t("storedValue.ladder.needed") }, bonus]}
        >
          <MoneyInput />
        </Form.Item>
        <Form.Item name={[at, "bonus_days"]} label={t("storedValue.ladder.days")}>
          <CountInput placeholder={t("storedValue.ladder.forever")} />
        </Form.Item>
        <Form.Item name={[at, "per_member"]} label={t("storedValue.ladder.per")}>
          <CountInput placeholder={t("storedValue.ladder.noLimit")} />
        </Form.Item>
      </div>
      {onRemove && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t("action.remove")}
          onClick={onRemove}
        />
      )}
    </div>
  );
}

/** How a step must stand to the one before it; the server asks for the same. */
function useRule(
  form: FormInstance<Fields>,
  at: number,
  name: "pay_minor" | "bonus_minor",
  fits: (mine: number, lower: number) => boolean,
) {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    validator: (_: unknown, mine: number | null | undefined) => {
      const lower: unknown = at > 0 ? form.getFieldValue(["steps", at - 1, name]) : undefined;
      if (typeof lower !== "number" || typeof mine !== "number" || fits(mine, lower))
        return Promise.resolve();
      const words = name === "pay_minor" ? "storedValue.ladder.ascending" : "storedValue.ladder.generous";
      return Promise.reject(new Error(t(words, { amount: format.money(lower) })));
    },
  };
}
