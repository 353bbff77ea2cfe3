import { Form, Radio, Switch } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { OrderSettings } from "../../api/orderSettings";
import { CountInput } from "../../parts/CountInput";
import { useFormat } from "../../parts/useFormat";
import { dayAfter, givenUpAt } from "./examples";
import styles from "./settings.module.css";

const WAYS = ["same", "proportional", "cash"] as const;
const PAID_ON = "2026-03-01";
const EXPIRED_ON = "2026-03-31";
const REFUNDED_ON = "2026-04-10";

const useTyped = <Name extends keyof OrderSettings>(name: Name): OrderSettings[Name] | undefined =>
  Form.useWatch(name, Form.useFormInstance<OrderSettings>());

/** What a setting does, and what that comes to with what is typed now. */
function Explained({ children, example }: { children: ReactNode; example: string }) {
  return (
    <>
      {children}
      <span className={styles.example}>{example}</span>
    </>
  );
}

/** How long an order waits, and how long it can be refunded. */
export function TimeFields() {
  const { t } = useTranslation();
  const format = useFormat();
  const hold = useTyped("hold_minutes");
  const refund = useTyped("refund_days");
  const until = givenUpAt(hold ?? 0);
  const required = { required: true, message: t("form.required") };
  const holdExample = () => {
    if (hold === undefined || hold === null) return "";
    return until.days === 0
      ? t("orderSettings.hold.example", { time: until.time })
      : t("orderSettings.hold.exampleLater", { time: until.time, days: until.days });
  };
  const paid = format.day(PAID_ON);
  return (
    <>
      <Form.Item
        name="hold_minutes"
        label={t("orderSettings.hold.label")}
        extra={<Explained example={holdExample()}>{t("orderSettings.hold.hint")}</Explained>}
        rules={[required]}
      >
        <CountInput unit={t("orderSettings.minutes")} empty="" width={180} />
      </Form.Item>
      <Form.Item
        name="refund_days"
        label={t("orderSettings.refund.label")}
        extra={
          <Explained
            example={
              typeof refund === "number"
                ? t("orderSettings.refund.example", { paid, last: format.day(dayAfter(PAID_ON, refund)) })
                : t("orderSettings.refund.exampleEver", { paid })
            }
          >
            {t("orderSettings.refund.hint")}
          </Explained>
        }
      >
        <CountInput
          min={0}
          unit={t("orderSettings.days")}
          empty={t("orderSettings.refund.ever")}
          width={180}
        />
      </Form.Item>
    </>
  );
}

/** Where the money of a refund goes. */
export function MoneyBackField() {
  const { t } = useTranslation();
  const format = useFormat();
  const sums = {
    wechat: format.money(7_000),
    cash: format.money(3_000),
    back: format.money(5_000),
    most: format.money(3_500),
    least: format.money(1_500),
  };
  return (
    <Form.Item
      name="money_back"
      label={t("orderSettings.moneyBack.label")}
      extra={t("orderSettings.moneyBack.hint")}
    >
      <Radio.Group
        vertical
        options={WAYS.map((value) => ({
          value,
          label: (
            <span className={styles.hinted}>
              {t(`refund.policy.${value}`)}
              <small>{t(`orderSettings.moneyBack.${value}`, sums)}</small>
            </span>
          ),
        }))}
      />
    </Form.Item>
  );
}

/** What a refund does to what was spent with the order, and to what it brought. */
export function GivenBackFields() {
  const { t } = useTranslation();
  const format = useFormat();
  const grace = useTyped("grace_days");
  const required = { required: true, message: t("form.required") };
  const days = { expired: format.day(EXPIRED_ON), refunded: format.day(REFUNDED_ON) };
  const example = () => {
    if (grace === undefined || grace === null) return "";
    if (grace === 0) return t("orderSettings.grace.exampleNone", days);
    const last = format.day(dayAfter(REFUNDED_ON, grace));
    return t("orderSettings.grace.example", { ...days, last });
  };
  const amounts = { packet: format.money(500), more: format.money(1_000), spent: format.money(400) };
  return (
    <>
      <Form.Item
        name="grace_days"
        label={t("orderSettings.grace.label")}
        extra={<Explained example={example()}>{t("orderSettings.grace.hint")}</Explained>}
        rules={[required]}
      >
        <CountInput min={0} unit={t("orderSettings.days")} empty="" width={180} />
      </Form.Item>
      <Choice name="returns_red_packets" group="returns" amounts={amounts} />
      <Choice name="takes_packets_back" group="takes" amounts={amounts} />
    </>
  );
}

interface ChoiceProps {
  name: "returns_red_packets" | "takes_packets_back";
  group: "returns" | "takes";
  amounts: Record<"packet" | "more" | "spent", string>;
}

/** A switch beside its name; below it, what it does as it stands. */
function Choice({ name, group, amounts }: ChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  const on = useTyped(name) ?? true;
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{t(`orderSettings.${group}.label`)}</label>
      <Form.Item name={name} valuePropName="checked" noStyle>
        <Switch id={id} aria-describedby={`${id}-says`} />
      </Form.Item>
      <p id={`${id}-says`}>
        {t(`orderSettings.${group}.hint`)}
        <span className={styles.example}>{t(`orderSettings.${group}.${on ? "on" : "off"}`, amounts)}</span>
      </p>
    </div>
  );
}
