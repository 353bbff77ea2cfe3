import { Alert, App, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Obstacle, useEraseMember, useErasurePreview } from "../../../api/privacy";
import { ActionDialog } from "../../../parts/ActionDialog";
import { BlockSkeleton } from "../../../parts/skeletons";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import styles from "./EraseMember.module.css";

interface Props {
  memberId: string;
  number: string;
  onClose: () => void;
}

/** What goes, what stays and why, what stands in the way; it is done once her number was typed. */
export function EraseMember({ memberId, number, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [forfeit, setForfeit] = useState(false);
  const preview = useErasurePreview(memberId);
  const erase = useEraseMember(memberId);
  const obstacles = preview.data?.obstacles ?? [];
  const [paidOut, setPaidOut] = useState(false);
  const free =
    preview.data && obstacles.every((each) => (each.forfeitable && forfeit) || (each.payable && paidOut));
  const ready = free && reason.trim() && typed.trim() === number;
  const own = obstacles.reduce((sum, each) => sum + (each.payable ? (each.amount_minor ?? 0) : 0), 0);
  const submit = () =>
    erase.mutate(
      { reason: reason.trim(), forfeit, paid_out_minor: paidOut ? own : 0 },
      {
        onError: () => {
          setPaidOut(false); // what is left may be something else by now
          void preview.refetch();
        },
        onSuccess: () => {
          message.success(t("erasing.done"));
          onClose();
        },
      },
    );
  return (
    <ActionDialog
      title={t("erasing.title")}
      submit={t("erasing.submit")}
      danger
      ready={Boolean(ready)}
      busy={erase.isPending}
      error={erase.error ?? preview.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {preview.data ? (
        <>
          <p>{t("erasing.lead")}</p>
          <Obstacles
            found={obstacles}
            forfeit={forfeit}
            onForfeit={setForfeit}
            paidOut={paidOut}
            onPaidOut={setPaidOut}
          />
          <Losses losses={preview.data.losses} />
          <Goes goes={preview.data.goes} />
          <Stays stays={preview.data.stays} />
          <Form layout="vertical" requiredMark={false} className={styles.form}>
            <Form.Item label={t("erasing.reason")} extra={t("erasing.reasonHint")} htmlFor="erase-reason">
              <Input
                id="erase-reason"
                value={reason}
                maxLength={500}
                onChange={({ target }) => setReason(target.value)}
              />
            </Form.Item>
            <Form.Item label={t("erasing.confirm", { number })} htmlFor="erase-number">
              <Input
                id="erase-number"
                className="num"
                value={typed}
                autoComplete="off"
                onChange={({ target }) => setTyped(target.value)}
              />
            </Form.Item>
          </Form>
        </>
      ) : (
        !preview.error && <BlockSkeleton lines={8} />
      )}
    </ActionDialog>
  );
}

function Obstacles({
  found,
  forfeit,
  onForfeit,
  paidOut,
  onPaidOut,
}: {
  found: Obstacle[];
  forfeit: boolean;
  onForfeit: (forfeit: boolean) => void;
  paidOut: boolean;
  onPaidOut: (paidOut: boolean) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (found.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className={styles.obstacles}
      title={t("erasing.obstacles")}
      description={
        <ul className={styles.list}>
          {found.map(({ code, message, amount_minor, forfeitable, payable }) => (
            <li key={code}>
              {format.text(message)}
              {amount_minor !== null && <strong className="num"> {format.money(amount_minor)}</strong>}
              {forfeitable && (
                <div>
                  <Checkbox checked={forfeit} onChange={({ target }) => onForfeit(target.checked)}>
                    {t("erasing.forfeit")}
                  </Checkbox>
                </div>
              )}
              {payable && (
                <div>
                  <Checkbox checked={paidOut} onChange={({ target }) => onPaidOut(target.checked)}>
                    {t("erasing.paidOut")}
                  </Checkbox>
                </div>
              )}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Losses({ losses }: { losses: { code: string; amount: number; money: boolean }[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  if (losses.length === 0) return null;
  return (
    <section className={styles.part}>
      <h4>{t("erasing.losses")}</h4>
      <ul className={styles.rows}>
        {losses.map(({ code, amount, money }) => (
          <li key={code}>
            <span>{label("asset", code)}</span>
            <span className="num">{money ? format.money(amount) : format.number(amount)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Goes({ goes }: { goes: { code: string; what: { zh: string; en: string }; rows: number }[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={styles.part}>
      <h4>{t("erasing.goes")}</h4>
      <ul className={styles.rows}>
        {goes.map(({ code, what, rows }) => (
          <li key={code}>
            <span>{format.text(what)}</span>
            <span className="num muted">{format.number(rows)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stays({
  stays,
}: {
  stays: { what: { zh: string; en: string }; why: { zh: string; en: string } }[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <details className={styles.part}>
      <summary>{t("erasing.stays")}</summary>
      <ul className={styles.list}>
        {stays.map(({ what, why }) => (
          <li key={what.en}>
            <strong>{format.text(what)}</strong> <span className="muted">{format.text(why)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
