import { CloseOutlined, UserAddOutlined } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";
import styles from "./MemberCard.module.css";
import type { Till } from "./useTill";

export function MemberCard({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { member: found, usePoints, step } = till.basket;
  if (step === "done") return null;
  if (!found) return <NoMember till={till} />;
  const { member, wallet, progress } = found;
  const used = till.quote?.points;
  return (
    <section className={styles.card}>
      <header>
        <strong>{member.name ?? member.number}</strong>
        <TierBadge tier={member.tier} />
        <span className={styles.space} />
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          tabIndex={-1}
          aria-label={t("cashier.member.remove")}
          onClick={till.dropMember}
        />
      </header>
      <p className="muted num">{[member.phone, member.number].filter(Boolean).join(" · ")}</p>
      <p className={styles.points}>
        <span>
          <b className="num">{format.number(wallet.points)}</b> {t("cashier.member.points")}
          {wallet.points > 0 && (
            <small>{t("cashier.member.worth", { amount: format.money(wallet.points_worth_minor) })}</small>
          )}
        </span>
        <Button
          size="small"
          type={usePoints ? "primary" : "default"}
          tabIndex={-1}
          disabled={wallet.points <= 0}
          onClick={till.togglePoints}
        >
          {t("cashier.points.use")} <kbd>F4</kbd>
        </Button>
      </p>
      {usePoints && used && till.fresh && (
        <p className={styles.hint}>
          {t("cashier.points.using", {
            points: format.number(used.used),
            amount: format.money(used.worth_minor),
          })}
        </p>
      )}
      <StoredValue till={till} />
      <Progress
        percent={progress.percent_bps / 100}
        showInfo={false}
        size="small"
        aria-label={format.text(progress.sentence)}
      />
      <p className={styles.hint}>{format.text(progress.sentence)}</p>
    </section>
  );
}

/** What she paid in before, where there is any to spend. */
function StoredValue({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { useStored } = till.basket;
  const { usable_minor = 0, used_minor = 0 } = till.quote?.stored_value ?? {};
  if (usable_minor === 0 && !useStored) return null;
  return (
    <p className={styles.points}>
      <span>
        {t("cashier.stored.name")}
        <small>
          {useStored
            ? t("cashier.stored.using", { amount: format.money(used_minor) })
            : t("cashier.stored.usable", { amount: format.money(usable_minor) })}
        </small>
      </span>
      <Button size="small" type={useStored ? "primary" : "default"} tabIndex={-1} onClick={till.toggleStored}>
        {t("cashier.stored.use")} <kbd>F6</kbd>
      </Button>
    </p>
  );
}

function NoMember({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (till.joiner !== null) return <Join till={till} phone={till.joiner} />;
  const saves = till.fresh ? (till.quote?.joining_saves_minor ?? 0) : 0;
  return (
    <section className={styles.card}>
      <header>
        <span className="muted">{t("cashier.member.none")}</span>
        <span className={styles.space} />
        <Button icon={<UserAddOutlined />} tabIndex={-1} onClick={() => till.goTo("member")}>
          {t("cashier.member.add")} <kbd>F2</kbd>
        </Button>
      </header>
      {saves > 0 && (
        <div className={styles.saves}>
          <span>{t("cashier.member.joinSaves")}</span>
          <b className="num">{format.money(saves)}</b>
          <small>{t("cashier.member.joinSavesHint")}</small>
        </div>
      )}
    </section>
  );
}

/** Somebody who is not a member yet, asked to become one on the spot. */
function Join({ till, phone }: { till: Till; phone: string }) {
  const { t } = useTranslation();
  return (
    <section className={styles.card} role="alert">
      <header>
        <strong>{t("cashier.member.join", { phone })}</strong>
      </header>
      <p className={styles.hint}>{t("cashier.member.joinHint")}</p>
      <p className={styles.choice}>
        <Button type="primary" tabIndex={-1} onClick={till.joinNow}>
          {t("cashier.member.joinYes")} <kbd>Enter</kbd>
        </Button>
        <Button tabIndex={-1} onClick={() => till.goTo("items")}>
          {t("cashier.member.joinNo")} <kbd>Esc</kbd>
        </Button>
      </p>
    </section>
  );
}
