import { useMutation } from "@tanstack/react-query";
import { App, Form, Modal, Segmented } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { askTopUp, type TopUpPayment } from "../../../api/prepaying";
import { type LadderStep, MONEY_KINDS, type MoneyKind, useLadders } from "../../../api/storedValue";
import { useTopUpNow, useTopUpPreview } from "../../../api/wallet";
import { lastMoment } from "../../../parts/format";
import { MoneyInput } from "../../../parts/MoneyInput";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { requestKey } from "../../../parts/requestKey";
import { StoreSelect } from "../../../parts/StoreSelect";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { useOnlyStore } from "../../../parts/useOnlyStore";
import { CollectDialog } from "../paying/CollectDialog";
import { WayFields } from "../paying/WayFields";
import type { Way } from "../paying/way";
import styles from "./wallet.module.css";

/** Money paid in: a step of the ladder or another amount, and what it brings before it is taken. */
export function TopUpDialog({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { message } = App.useApp();
  const [key] = useState(requestKey);
  const id = useId();
  const [chosen, setStoreId] = useState<string | undefined>();
  const only = useOnlyStore();
  const storeId = chosen ?? only;
  const [amount, setAmount] = useState<number | null>(null);
  const [kind, setKind] = useState<MoneyKind>("cash");
  const [way, setWay] = useState<Way>(null);
  const ask = useMutation({
    mutationFn: (asked: TopUpPayment) => askTopUp(memberId, asked, requestKey()),
  });
  const preview = useTopUpPreview(memberId, storeId, amount);
  const topUp = useTopUpNow(memberId);
  const offer = preview.data;
  const ready = storeId !== undefined && amount !== null && offer !== undefined && !preview.isFetching;
  const take = () => {
    if (!ready) return;
    if (way) return ask.mutate({ store_id: storeId, amount_minor: amount, ...way });
    const body = {
      store_id: storeId,
      amount_minor: amount,
      tenders: [{ kind, amount_minor: amount }],
      expected_bonus_minor: offer.bonus_minor,
    };
    topUp.mutate(
      { key, body },
      {
        onSuccess: (made) => {
          const sum = format.money(made.principal_minor + made.bonus_minor);
          message.success(t("wallet.topUp.done", { amount: sum }));
          onClose();
        },
      },
    );
  };
  if (ask.data) {
    return (
      <CollectDialog payment={ask.data} done={t("collect.toppedUp")} onAgain={ask.reset} onClose={onClose} />
    );
  }
  return (
    <Modal
      open
      title={t("wallet.topUp.title")}
      okText={
        ready
          ? t(way ? "collect.ask" : "wallet.topUp.take", { amount: format.money(amount) })
          : t(storeId === undefined ? "wallet.topUp.chooseStore" : "wallet.topUp.choose")
      }
      {...staysWhile(topUp.isPending || ask.isPending)}
      okButtonProps={{ disabled: !ready }}
      onOk={take}
      onCancel={onClose}
      width={480}
    >
      <ProblemAlert error={topUp.error ?? ask.error ?? preview.error} />
      <Form layout="vertical" requiredMark={false}>
        <Form.Item label={t("wallet.topUp.store")} htmlFor={`${id}-store`}>
          <StoreSelect
            id={`${id}-store`}
            value={storeId}
            allowClear={false}
            width="100%"
            onChange={setStoreId}
          />
        </Form.Item>
        <Steps storeId={storeId} amount={amount} onChoose={setAmount} />
        <Form.Item label={t("wallet.topUp.amount")} htmlFor={`${id}-amount`}>
          <MoneyInput
            id={`${id}-amount`}
            value={amount}
            onChange={setAmount}
            empty={t("wallet.topUp.amountHint")}
          />
        </Form.Item>
        {offer && amount !== null && (
          <dl className={styles.preview} aria-busy={preview.isFetching}>
            <dt>{t("wallet.principal")}</dt>
            <dd className="num">{format.money(offer.principal_minor)}</dd>
            <dt>{t("wallet.bonus")}</dt>
            <dd className="num">
              {format.money(offer.bonus_minor)}
              {offer.bonus_expires_at && (
                <small className="muted">
                  {" "}
                  {t("wallet.topUp.bonusUntil", { date: format.date(lastMoment(offer.bonus_expires_at)) })}
                </small>
              )}
            </dd>
            <dt>{t("wallet.topUp.sum")}</dt>
            <dd className="num strong" data-testid="top-up-sum">
              {format.money(offer.principal_minor + offer.bonus_minor)}
            </dd>
          </dl>
        )}
        <WayFields way={way} onChange={setWay}>
          <Form.Item label={t("wallet.topUp.paidBy")}>
            <Segmented<MoneyKind>
              block
              value={kind}
              onChange={setKind}
              options={MONEY_KINDS.map((value) => ({ value, label: label("tender", value) }))}
            />
          </Form.Item>
        </WayFields>
      </Form>
    </Modal>
  );
}

interface StepsProps {
  storeId: string | undefined;
  amount: number | null;
  onChoose: (amount: number) => void;
}

/** The steps that hold in this store now. What she really gets, the preview says: limits may be used up. */
function Steps({ storeId, amount, onChoose }: StepsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ladders = useLadders({ retired: false, limit: 50 });
  const now = Date.now();
  const steps = new Map<number, LadderStep>();
  for (const ladder of ladders.data?.items ?? []) {
    const here =
      ladder.store_ids.length === 0 || (storeId !== undefined && ladder.store_ids.includes(storeId));
    const begun = ladder.starts_at === null || Date.parse(ladder.starts_at) <= now;
    const over = ladder.ends_at !== null && Date.parse(ladder.ends_at) <= now;
    if (!here || !begun || over) continue;
    for (const step of ladder.steps) {
      const known = steps.get(step.pay_minor);
      if (!known || known.bonus_minor < step.bonus_minor) steps.set(step.pay_minor, step);
    }
  }
  if (steps.size === 0) return null;
  const sorted = [...steps.values()].sort((one, other) => one.pay_minor - other.pay_minor);
  return (
    <div className={styles.steps} role="radiogroup" aria-label={t("wallet.topUp.steps")}>
      {sorted.map((step) => (
        // biome-ignore lint/a11y/useSemanticElements: a card of two lines, not a dot with a label
        <button
          key={step.id}
          type="button"
          role="radio"
          aria-checked={step.pay_minor === amount}
          className={styles.step}
          onClick={() => onChoose(step.pay_minor)}
        >
          <b className="num">{format.money(step.pay_minor)}</b>
          <small className="num">
            {step.bonus_minor > 0
              ? t("wallet.topUp.gives", { amount: format.money(step.bonus_minor) })
              : t("wallet.topUp.noBonus")}
          </small>
        </button>
      ))}
    </div>
  );
}
