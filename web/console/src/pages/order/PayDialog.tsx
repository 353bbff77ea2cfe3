import { Alert, App, Modal, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePayOrder } from "../../api/refunds";
import type { Order } from "../../api/types";
import { requestKey } from "../../parts/requestKey";
import { useProblemWords } from "../../parts/states";
import { staysWhile } from "../../parts/staysWhile";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";

const TENDERS = ["cash", "card", "wechat", "alipay", "other"] as const;

/** The money that a pending order still waits for. */
export function PayDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { message } = App.useApp();
  const words = useProblemWords();
  const [key] = useState(requestKey);
  const [kind, setKind] = useState<(typeof TENDERS)[number]>("cash");
  const pay = usePayOrder(order.id);
  const take = () =>
    pay.mutate(
      { key, body: { tenders: order.due_minor > 0 ? [{ kind, amount_minor: order.due_minor }] : [] } },
      {
        onSuccess: () => {
          message.success(t("order.pay.done"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t("order.pay.title", { number: order.number })}
      okText={t("order.pay.take", { amount: format.money(order.due_minor) })}
      {...staysWhile(pay.isPending)}
      onOk={take}
      onCancel={onClose}
    >
      <Segmented
        block
        value={kind}
        options={TENDERS.map((value) => ({ value, label: label("tender", value) }))}
        onChange={setKind}
      />
      {pay.error && (
        <Alert type="error" showIcon title={words(pay.error).detail} style={{ marginTop: 12 }} role="alert" />
      )}
    </Modal>
  );
}
