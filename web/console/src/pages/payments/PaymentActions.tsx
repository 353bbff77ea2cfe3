import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { type Payment, useCheckPayment, useClearAttention, useClosePayment } from "../../api/payments";
import { useCan } from "../../app/session";
import { useProblemWords } from "../../parts/states";
import { problemsOf } from "./PaymentTag";

/** Ask, close, or say that it is settled: whatever fits how it stands. */
export function PaymentActions({ payment }: { payment: Payment }) {
  const { t } = useTranslation();
  const can = useCan();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const check = useCheckPayment(payment.id);
  const close = useClosePayment(payment.id);
  const clear = useClearAttention(payment.id);
  const failed = (error: unknown) => void message.error(words(error).detail);
  const live = payment.status === "created" || payment.status === "pending";
  const online = payment.provider === "wechat" || payment.provider === "alipay";
  const askCheck = () =>
    check.mutate(undefined, {
      onSuccess: ({ status }) =>
        void message.info(t("payments.act.checked", { status: t(`payments.status.${status}`) })),
      onError: failed,
    });
  const askClose = () =>
    modal.confirm({
      title: t("payments.act.closeAsk"),
      content: t("payments.act.closeHint"),
      okText: t("payments.act.close"),
      okButtonProps: { danger: true },
      onOk: () => close.mutateAsync().then(() => void message.success(t("payments.act.closed")), failed),
    });
  const askClear = () =>
    modal.confirm({
      title: t("payments.act.clearAsk"),
      content: t("payments.act.clearHint"),
      okText: t("payments.act.clear"),
      onOk: () => clear.mutateAsync().then(() => void message.success(t("payments.act.cleared")), failed),
    });
  return (
    <div className="cluster" style={{ justifyContent: "flex-end" }}>
      {live && can("orders.write") && (
        <Button danger onClick={askClose}>
          {t("payments.act.close")}
        </Button>
      )}
      {online && can("orders.write") && (
        <Button loading={check.isPending} onClick={askCheck}>
          {t("payments.act.check")}
        </Button>
      )}
      {problemsOf(payment).length > 0 && can("orders.refund") && (
        <Button type="primary" onClick={askClear}>
          {t("payments.act.clear")}
        </Button>
      )}
    </div>
  );
}
