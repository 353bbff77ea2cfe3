import { App, Checkbox, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askPlan } from "../../../api/prepaying";
import { useOpenPlan } from "../../../api/rights";
import type { ProgrammePlan } from "../../../api/types";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { requestKey } from "../../../parts/requestKey";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";
import { AskFields } from "../paying/AskFields";
import { CollectDialog } from "../paying/CollectDialog";
import { useAsking } from "../paying/useAsking";
import { PaymentFields, type PaymentValue, paymentOf } from "./PaymentFields";
import { Sums, useTakeWords } from "./Sums";
import { usePlans } from "./usePlans";

interface Fields extends PaymentValue {
  plan: string;
  trial?: boolean;
  auto_renew?: boolean;
}

/** A plan for somebody who has none, or another one: paid, or tried first. */
export function OpenPlan({
  memberId,
  plans,
  onClose,
}: {
  memberId: string;
  plans: ProgrammePlan[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const take = useTakeWords();
  const { name } = usePlans();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [key, setKey] = useState(requestKey);
  const open = useOpenPlan(memberId);
  const asking = useAsking((asked, wanted: { plan: string; auto_renew: boolean }, once) =>
    askPlan(memberId, { ...asked, ...wanted }, once),
  );
  const code = Form.useWatch("plan", form) ?? plans[0]?.code;
  const plan = plans.find((one) => one.code === code);
  const trial = (Form.useWatch("trial", form) ?? false) && Boolean(plan?.trial_days);
  const due = trial ? 0 : (plan?.price_minor ?? 0);
  const asks = due > 0 && asking.way !== null;
  const submit = (fields: Fields) => {
    if (asks) {
      asking.ask({ plan: fields.plan, auto_renew: fields.auto_renew ?? false });
      return;
    }
    open.mutate(
      {
        key,
        body: {
          plan: fields.plan,
          trial,
          auto_renew: fields.auto_renew ?? false,
          payment: paymentOf(due, fields),
        },
      },
      {
        onSuccess: () => {
          message.success(t("rights.plan.opened"));
          onClose();
        },
        onError: () => setKey(requestKey()),
      },
    );
  };
  if (asking.payment) {
    return (
      <CollectDialog
        payment={asking.payment}
        done={t("collect.opened")}
        onAgain={asking.again}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal
      open
      title={t("rights.plan.openTitle")}
      okText={asks ? t("collect.ask", { amount: format.money(due) }) : take(due)}
      {...staysWhile(open.isPending || asking.pending)}
      okButtonProps={{ disabled: !plan || (asks && !asking.storeId) }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ plan: plans[0]?.code }}
        onFinish={submit}
      >
        <ProblemAlert error={asks ? asking.error : open.error} />
        <Form.Item name="plan" label={t("rights.plan.which")}>
          <Select
            options={plans.map((one) => ({
              value: one.code,
              label: t("rights.plan.priceOf", {
                name: name(one),
                price: format.money(one.price_minor),
                months: one.months,
              }),
            }))}
          />
        </Form.Item>
        {Boolean(plan?.trial_days) && (
          <Form.Item name="trial" valuePropName="checked">
            <Checkbox>{t("rights.plan.trialFirst", { days: plan?.trial_days })}</Checkbox>
          </Form.Item>
        )}
        <Form.Item name="auto_renew" valuePropName="checked" tooltip={t("rights.plan.autoRenewHint")}>
          <Checkbox>{t("rights.plan.autoRenew")}</Checkbox>
        </Form.Item>
        <Sums rows={[]} total={[t("rights.plan.due"), due]} />
        {due > 0 && (
          <AskFields asking={asking}>
            <PaymentFields />
          </AskFields>
        )}
      </Form>
    </Modal>
  );
}
