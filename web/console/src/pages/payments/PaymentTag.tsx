import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Attention, Payment, PaymentStatus } from "../../api/payments";

const COLOUR: Record<PaymentStatus, string> = {
  created: "processing",
  pending: "processing",
  paid: "success",
  failed: "error",
  closed: "default",
};

export function PaymentTag({ status }: { status: PaymentStatus }) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={COLOUR[status]} style={{ margin: 0 }}>
      {t(`payments.status.${status}`)}
    </Tag>
  );
}

/** What a person must look at, of the payment or its refunds. */
export function problemsOf(payment: Payment): Attention[] {
  const all = [payment.attention, ...payment.refunds.map(({ attention }) => attention)];
  return [...new Set(all.filter((attention): attention is Attention => attention !== null))];
}

export function Problems({ payment }: { payment: Payment }) {
  const { t } = useTranslation();
  return (
    <span className="cluster">
      {problemsOf(payment).map((attention) => (
        <Tag key={attention} color="warning" style={{ margin: 0 }}>
          {t(`payments.attention.${attention}`)}
        </Tag>
      ))}
    </span>
  );
}
