import { CloseOutlined, UserAddOutlined } from "@ant-design/icons";
import { Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";
import styles from "./MemberCard.module.css";
import type { Till } from "./useTill";
import { Wallet } from "./Wallet";

export function MemberCard({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { member: found, step, held } = till.basket;
  if (step === "done" || held) return null;
  if (!found) return <NoMember till={till} />;
  const { member, progress } = found;
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
          onClick={till.member.drop}
        />
      </header>
      <p className="muted num">{[member.phone, member.number].filter(Boolean).join(" · ")}</p>
      <Wallet till={till} />
      {step !== "pay" && (
        <>
          <Progress
            percent={progress.percent_bps / 100}
            showInfo={false}
            size="small"
            aria-label={format.text(progress.sentence)}
          />
          <p className={styles.hint}>{format.text(progress.sentence)}</p>
        </>
      )}
    </section>
  );
}

function NoMember({ till }: { till: Till }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (till.member.joiner !== null) return <Join till={till} phone={till.member.joiner} />;
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
      <Wallet till={till} />
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
        <Button type="primary" tabIndex={-1} onClick={till.member.joinNow}>
          {t("cashier.member.joinYes")} <kbd>Enter</kbd>
        </Button>
        <Button tabIndex={-1} onClick={() => till.goTo("items")}>
          {t("cashier.member.joinNo")} <kbd>Esc</kbd>
        </Button>
      </p>
    </section>
  );
}
