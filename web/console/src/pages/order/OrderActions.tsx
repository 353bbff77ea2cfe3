import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCancelOrder } from "../../api/refunds";
import type { Order } from "../../api/types";
import { useCan } from "../../app/session";
import { useProblemWords } from "../../parts/states";
import { PayDialog } from "./PayDialog";
import { RefundDialog } from "./refund/RefundDialog";

/** What can still be done with an order: take its money, let it go, give it back. */
export function OrderActions({ order }: { order: Order }) {
  const { t } = useTranslation();
  const can = useCan();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const cancel = useCancelOrder(order.id);
  const [open, setOpen] = useState<"refund" | "pay" | null>(null);
  const pending = order.status === "pending";
  const refundable = order.status === "paid" || order.status === "partially_refunded";
  const askCancel = () =>
    modal.confirm({
      title: t("order.cancel.ask", { number: order.number }),
      content: t("order.cancel.hint"),
      okText: t("order.cancel.do"),
      cancelText: t("order.cancel.keep"),
      okButtonProps: { danger: true },
      onOk: () =>
        cancel.mutateAsync().then(
          () => void message.success(t("order.cancel.done")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <>
      {pending && can("orders.write") && (
        <>
          <Button type="primary" onClick={() => setOpen("pay")}>
            {t("order.pay.open")}
          </Button>
          <Button danger onClick={askCancel}>
            {t("order.cancel.do")}
          </Button>
        </>
      )}
      {refundable && can("orders.refund") && (
        <Button danger onClick={() => setOpen("refund")}>
          {t("refund.open")}
        </Button>
      )}
      {open === "refund" && <RefundDialog order={order} onClose={() => setOpen(null)} />}
      {open === "pay" && <PayDialog order={order} onClose={() => setOpen(null)} />}
    </>
  );
}
