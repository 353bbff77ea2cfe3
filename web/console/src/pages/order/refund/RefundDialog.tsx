import { Alert, App, Form, Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefund, useRefundPreview } from "../../../api/refunds";
import type { Order } from "../../../api/types";
import { requestKey } from "../../../parts/requestKey";
import { useProblemWords } from "../../../parts/states";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";
import { LineWishes } from "./LineWishes";
import { RefundPreview } from "./RefundPreview";
import { requestOf, type Wish } from "./wanted";

const POLICIES = ["same", "proportional", "cash"] as const;

/** What comes back, what each instrument gets back, and only then the refund. */
export function RefundDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const words = useProblemWords();
  const [key] = useState(requestKey);
  const [wish, setWish] = useState<Wish>({ all: true, lines: {}, reason: "", tenders: null });
  const change = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }));
  const request = requestOf(wish);
  // The reason changes nothing of what is given back.
  const preview = useRefundPreview(order.id, request && { ...request, reason: "" });
  const refund = useRefund(order.id);
  const settled = preview.data && !preview.isPlaceholderData && !preview.error ? preview.data : undefined;
  const confirm = () =>
    request &&
    settled &&
    refund.mutate(
      { key, body: { ...request, expected_minor: settled.paid_minor } },
      {
        onSuccess: (made) => {
          message.success(t("refund.done", { amount: format.money(made.paid_minor) }));
          onClose();
        },
      },
    );
  const error = refund.error ?? preview.error;
  return (
    <Modal
      open
      width={640}
      title={t("refund.title", { number: order.number })}
      okText={
        settled ? t("refund.confirm", { amount: format.money(settled.paid_minor) }) : t("refund.confirmNone")
      }
      {...staysWhile(refund.isPending)}
      okButtonProps={{ danger: true, disabled: !settled }}
      onOk={confirm}
      onCancel={onClose}
    >
      <Form layout="vertical" component={false}>
        <Segmented
          block
          value={wish.all ? "all" : "lines"}
          options={(["all", "lines"] as const).map((value) => ({ value, label: t(`refund.mode.${value}`) }))}
          onChange={(value) => change({ all: value === "all" })}
          style={{ marginBottom: 12 }}
        />
        {!wish.all && (
          <LineWishes order={order} wishes={wish.lines} onChange={(lines) => change({ lines })} />
        )}
        <RefundPreview
          order={order}
          refund={preview.error ? undefined : preview.data}
          stale={preview.isPlaceholderData}
          asked={request !== null}
        />
        {error && (
          <Alert
            type="error"
            showIcon
            title={words(error).detail}
            style={{ marginBottom: 12 }}
            role="alert"
          />
        )}
        <Form.Item label={t("refund.tenders")} tooltip={t("refund.tendersHint")}>
          <Select
            allowClear
            value={wish.tenders ?? null}
            placeholder={t("refund.policy.usual")}
            options={POLICIES.map((value) => ({ value, label: t(`refund.policy.${value}`) }))}
            onChange={(tenders) => change({ tenders: tenders ?? null })}
          />
        </Form.Item>
        <Form.Item label={t("refund.reason")} style={{ marginBottom: 0 }}>
          <Input
            value={wish.reason}
            maxLength={200}
            aria-label={t("refund.reason")}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
