import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../parts/useFormat";
import type { Till } from "./useTill";
import styles from "./Wallet.module.css";

/** What there is to pay with beside money: a row each, with the key that uses it. */
export function Wallet({ till }: { till: Till }) {
  return (
    <>
      {till.basket.member && <Points till={till} />}
      <Offers till={till} />
      {till.basket.member && <StoredValue till={till} />}
      <Cards till={till} />
    </>
  );
}

interface RowProps {
  name: ReactNode;
  hint: ReactNode;
  action: string;
  shortcut: string;
  used: boolean;
  disabled?: boolean;
  onAct: () => void;
}

function Row({ name, hint, action, shortcut, used, disabled, onAct }: RowProps) {
  return (
    <div className={styles.row}>
      <span className={styles.what}>
        {name}
        <small>{hint}</small>
      </span>
      <Button
        size="small"
        type={used ? "primary" : "default"}
        tabIndex={-1}
        disabled={disabled ?? false}
        onClick={onAct}
      >
        {action} <kbd>{shortcut}</kbd>
      </Button>
    </div>
  );
}

function Points({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { member, usePoints } = till.basket;
  const { points = 0, points_worth_minor = 0 } = member?.wallet ?? {};
  const used = till.fresh && usePoints ? till.quote?.points : undefined;
  const hint = used
    ? t("cashier.points.using", { points: format.number(used.used), amount: format.money(used.worth_minor) })
    : points > 0 && t("cashier.member.worth", { amount: format.money(points_worth_minor) });
  return (
    <Row
      name={
        <>
          <b className="num">{format.number(points)}</b> {t("cashier.member.points")}
        </>
      }
      hint={hint}
      action={t("cashier.points.use")}
      shortcut="F4"
      used={usePoints}
      disabled={points <= 0 && !(till.quote && till.quote.points.usable > 0)}
      onAct={till.togglePoints}
    />
  );
}

/** Coupons and red packets: how many there are and are used, and what her own choice costs her. */
function Offers({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, costs_minor, best } = till.offers;
  const { own } = till.basket;
  if (rows.length === 0 && !own) return null;
  const used = rows.filter((row) => row.used && row.saves_minor > 0);
  const saved = used.reduce((sum, row) => sum + row.saves_minor, 0);
  const hint =
    used.length > 0
      ? t("cashier.offers.using", { count: used.length, amount: format.money(saved) })
      : t("cashier.offers.noneUsed");
  return (
    <>
      <Row
        name={t("cashier.offers.count", { count: rows.length })}
        hint={hint}
        action={t("cashier.offers.choose")}
        shortcut="F3"
        used={own !== null}
        onAct={() => (till.basket.step === "offers" ? till.back() : till.goTo("offers"))}
      />
      {own && (
        <p className={styles.own}>
          <span>
            {costs_minor > 0
              ? t("cashier.offers.costs", { amount: format.money(costs_minor) })
              : t("cashier.offers.costsNothing")}
          </span>
          <Button type="link" size="small" tabIndex={-1} onClick={best}>
            {t("cashier.offers.best")}
          </Button>
        </p>
      )}
    </>
  );
}

/** What she paid in before, where there is any to spend. */
function StoredValue({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { useStored, cards } = till.basket;
  const { usable_minor = 0, used_minor = 0 } = till.quote?.stored_value ?? {};
  // Cards pay first: what is more than they have is hers.
  const onCards = cards.reduce((sum, card) => sum + card.balance_minor, 0);
  const own = Math.max(0, (useStored ? used_minor : usable_minor) - onCards);
  if (!useStored && own === 0) return null;
  return (
    <Row
      name={t("cashier.stored.name")}
      hint={
        useStored
          ? t("cashier.stored.using", { amount: format.money(own) })
          : t("cashier.stored.usable", { amount: format.money(own) })
      }
      action={t("cashier.stored.use")}
      shortcut="F6"
      used={useStored}
      onAct={till.toggleStored}
    />
  );
}

function Cards({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  return till.basket.cards.map((card) => (
    <div className={styles.row} key={card.id}>
      <span className={styles.what}>
        {t("cashier.card.name", { last: card.number.slice(-4) })}
        <small>{t("cashier.card.balance", { amount: format.money(card.balance_minor) })}</small>
      </span>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        tabIndex={-1}
        aria-label={t("cashier.card.remove")}
        onClick={() => till.cards.remove(card.id)}
      />
    </div>
  ));
}
