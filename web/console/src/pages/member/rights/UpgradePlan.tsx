import { App, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askUpgrade } from "../../../api/prepaying";
import { useUpgrade, useUpgradePreview } from "../../../api/rights";
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
  /** Those above it. */
  higher: ProgrammePlan[];
  onClose: () => void;
}

interface Fields extends PaymentValue {
  plan: string;
}

/** To a higher plan at once: its price less what the present one still is worth. */
export function UpgradePlan({ subscription, plan, higher, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const take = useTakeWords();
  const { name } = usePlans();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [key, setKey] = useState(requestKey);
  const wanted = Form.useWatch("plan", form) ?? higher[0]?.code ?? null;
  const preview = useUpgradePreview(subscription.id, wanted);
  const upgrade = useUpgrade(subscription.id);
  const cost = preview.data;
  const asking = useAsking((asked, to: string, once) =>
    askUpgrade(subscription.id, { ...asked, plan: to }, once),
  );
  const due = cost?.due_minor ?? 0;
  const asks = due > 0 && asking.way !== null;
  const submit = (fields: Fields) => {
    if (!cost) return;
    if (asks) {
      asking.ask(fields.plan);
      return;
    }
    upgrade.mutate(
      { key, plan: fields.plan, payment: paymentOf(cost.due_minor, fields) },
      {
        onSuccess: () => {
          message.success(t("rights.plan.upgraded"));
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
        done={t("collect.upgraded")}
        onAgain={asking.again}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal
      open
      title={t("rights.plan.upgradeTitle", { name: name(plan) })}
      okText={asks ? t("collect.ask", { amount: format.money(due) }) : take(cost?.due_minor)}
      {...staysWhile(upgrade.isPending || asking.pending)}
      okButtonProps={{ disabled: !cost || (asks && !asking.storeId) }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ plan: higher[0]?.code }}
        onFinish={submit}
      >
        <ProblemAlert error={(asks ? asking.error : upgrade.error) ?? preview.error} />
        <Form.Item name="plan" label={t("rights.plan.which")}>
          <Select options={higher.map((one) => ({ value: one.code, label: name(one) }))} />
        </Form.Item>
        {cost && (
          <Sums
            rows={[
              [t("rights.plan.price"), format.money(cost.price_minor)],
              [t("rights.plan.credit", { days: cost.days_left }), `−${format.money(cost.credit_minor)}`],
              [t("rights.plan.endsOn"), format.day(cost.ends_on)],
            ]}
            total={[t("rights.plan.due"), cost.due_minor]}
          />
        )}
        {due > 0 && (
          <AskFields asking={asking}>
            <PaymentFields />
          </AskFields>
        )}
      </Form>
    </Modal>
  );
}
