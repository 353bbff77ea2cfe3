import { App, Form, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askRenewal } from "../../../api/prepaying";
import { useRenew } from "../../../api/rights";
import type { ProgrammePlan, Subscription } from "../../../api/types";
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

interface Props {
  subscription: Subscription;
  plan: ProgrammePlan;
  onClose: () => void;
}

/** Another period behind the present one. */
export function RenewPlan({ subscription, plan, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const take = useTakeWords();
  const { name } = usePlans();
  const { message } = App.useApp();
  const [form] = Form.useForm<PaymentValue>();
  const [key, setKey] = useState(requestKey);
  const renew = useRenew(subscription.id);
  const asking = useAsking((asked, id: string, once) => askRenewal(id, asked, once));
  const due = plan.price_minor;
  const asks = due > 0 && asking.way !== null;
  const submit = (fields: PaymentValue) => {
    if (asks) {
      asking.ask(subscription.id);
      return;
    }
    renew.mutate(
      { key, payment: paymentOf(due, fields) },
      {
        onSuccess: () => {
          message.success(t("rights.plan.renewed"));
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
        done={t("collect.renewed")}
        onAgain={asking.again}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal
      open
      title={t("rights.plan.renewTitle", { name: name(plan) })}
      okText={asks ? t("collect.ask", { amount: format.money(due) }) : take(due)}
      {...staysWhile(renew.isPending || asking.pending)}
      okButtonProps={{ disabled: asks && !asking.storeId }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<PaymentValue> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <ProblemAlert error={asks ? asking.error : renew.error} />
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
