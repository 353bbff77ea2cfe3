import { CheckCircleFilled, CloseCircleFilled, UndoOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Payment } from "../../../api/payments";
import { isLive } from "../../../api/prepaying";
import { PaymentCode } from "../../../parts/PaymentCode";
import { useProblemWords } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import styles from "./collect.module.css";
import { type Collecting, useCollecting } from "./useCollecting";

interface Props {
  payment: Payment;
  /** What was paid for, once it is handed over. */
  done: string;
  /** Asked again, for another payment. */
  onAgain: () => void;
  onClose: () => void;
}

/** One payment, from the code to what became of it. Closing it before it is paid sees that nobody can pay it any more. */
export function CollectDialog({ payment, done, onAgain, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProblemWords();
  const collecting = useCollecting(payment);
  const { now, stop, stopping, problem } = collecting;
  const live = isLive(now);
  const leave = () => (live && !collecting.stuck ? stop() : onClose());
  return (
    <Modal
      open
      width={420}
      title={t("collect.title", { amount: format.money(payment.amount_minor) })}
      onCancel={leave}
      mask={{ closable: false }}
      footer={
        live ? (
          <Button danger loading={stopping} onClick={leave}>
            {t(collecting.stuck ? "collect.leave" : "collect.stop")}
          </Button>
        ) : (
          <>
            {now.status !== "paid" && <Button onClick={onAgain}>{t("collect.again")}</Button>}
            <Button type="primary" onClick={onClose}>
              {t("action.close")}
            </Button>
          </>
        )
      }
    >
      <div className={styles.collect} aria-live="polite">
        {problem !== null && <Alert type="warning" showIcon title={words(problem).detail} role="alert" />}
        {live ? <Waiting collecting={collecting} /> : <Outcome payment={now} done={done} />}
      </div>
    </Modal>
  );
}

function Waiting({ collecting }: { collecting: Collecting }) {
  const { t } = useTranslation();
  const { now, started } = collecting;
  const wallet = t(`payments.provider.${now.provider}`);
  if (now.method === "native") return <Shown payment={now} wallet={wallet} />;
  if (!started) return <Scan wallet={wallet} onScan={collecting.scan} />;
  return (
    <State icon={<span className={styles.pulse} />} title={t("collect.waiting")}>
      {t("collect.waitingHint", { wallet })}
    </State>
  );
}

/** The code that the member scans. Phones read dark on light only, whatever the page looks like. */
function Shown({ payment, wallet }: { payment: Payment; wallet: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const link = payment.handover.code_url ?? payment.handover.qr_code;
  return (
    <>
      <strong>{t("collect.scanThis", { wallet })}</strong>
      <PaymentCode link={link} size={220} className={styles.code} />
      <span className="muted small">{t("collect.until", { at: format.dateTime(payment.expires_at) })}</span>
    </>
  );
}

function Scan({ wallet, onScan }: { wallet: string; onScan: (code: string) => void }) {
  const { t } = useTranslation();
  const digits = { pattern: /^\d{16,24}$/, message: t("collect.codeShape") };
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      className={styles.scan ?? ""}
      onFinish={({ code }) => onScan(code.trim())}
    >
      <Form.Item
        name="code"
        label={t("collect.scanHers", { wallet })}
        extra={t("collect.scanHint")}
        rules={[{ required: true, message: t("collect.codeShape") }, digits]}
      >
        <Input autoFocus inputMode="numeric" autoComplete="off" className="mono" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block>
        {t("collect.take")}
      </Button>
    </Form>
  );
}

/** Paid and handed over; paid for nothing, so that it goes back; or not paid. */
function Outcome({ payment, done }: { payment: Payment; done: string }) {
  const { t } = useTranslation();
  if (payment.status === "paid" && payment.refunds.length > 0) {
    return (
      <State icon={<UndoOutlined className={styles.back} />} title={t("collect.goesBack")}>
        {t("collect.goesBackHint")}
      </State>
    );
  }
  if (payment.status === "paid") {
    return <State icon={<CheckCircleFilled className={styles.good} />} title={done} />;
  }
  return (
    <State
      icon={<CloseCircleFilled className={styles.bad} />}
      title={t(payment.status === "closed" ? "collect.closed" : "collect.failed")}
    >
      {t("collect.nothingTaken")}
    </State>
  );
}

function State({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <span className={styles.icon}>{icon}</span>
      <strong>{title}</strong>
      {children && <span className="muted">{children}</span>}
    </div>
  );
}
