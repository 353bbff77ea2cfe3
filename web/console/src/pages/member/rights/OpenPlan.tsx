import { useMutation } from "@tanstack/react-query";
import { App, Checkbox, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askPlan, type PlanPaymentAsked } from "../../../api/prepaying";
import { useOpenPlan } from "../../../api/rights";
import type { ProgrammePlan } from "../../../api/types";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { requestKey } from "../../../parts/requestKey";
import { StoreSelect } from "../../../parts/StoreSelect";
import { useFormat } from "../../../parts/useFormat";
import { useOnlyStore } from "../../../parts/useOnlyStore";
import { CollectDialog } from "../paying/CollectDialog";
import { WayFields } from "../paying/WayFields";
import type { Way } from "../paying/way";
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
  const [way, setWay] = useState<Way>(null);
  const [chosen, setStoreId] = useState<string | undefined>();
  const only = useOnlyStore();
  const storeId = chosen ?? only;
  const ask = useMutation({
    mutationFn: (asked: PlanPaymentAsked) => askPlan(memberId, asked, requestKey()),
  });
  const code = Form.useWatch("plan", form) ?? plans[0]?.code;
  const plan = plans.find((one) => one.code === code);
  const trial = (Form.useWatch("trial", form) ?? false) && Boolean(plan?.trial_days);
  const due = trial ? 0 : (plan?.price_minor ?? 0);
  const asks = due > 0 && way !== null;
  const submit = (fields: Fields) => {
    if (asks) {
      const { plan: wanted, auto_renew = false } = fields;
      if (storeId) ask.mutate({ store_id: storeId, plan: wanted, auto_renew, ...way });
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
  if (ask.data) {
    return (
      <CollectDialog payment={ask.data} done={t("collect.opened")} onAgain={ask.reset} onClose={onClose} />
    );
  }
  return (
    <Modal
      open
      title={t("rights.plan.openTitle")}
      okText={asks ? t("collect.ask", { amount: format.money(due) }) : take(due)}
      okButtonProps={{ loading: open.isPending || ask.isPending, disabled: !plan || (asks && !storeId) }}
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
        <ProblemAlert error={open.error ?? ask.error} />
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
          <WayFields way={way} onChange={setWay}>
            <PaymentFields />
          </WayFields>
        )}
        {asks && (
          <Form.Item label={t("wallet.topUp.store")}>
            <StoreSelect value={storeId} allowClear={false} width="100%" onChange={setStoreId} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
