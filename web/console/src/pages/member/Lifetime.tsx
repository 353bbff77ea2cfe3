import { useTranslation } from "react-i18next";
import type { Member } from "../../api/types";
import { Money } from "../../parts/Money";
import { useFormat } from "../../parts/useFormat";
import styles from "./Lifetime.module.css";

export function Lifetime({ member }: { member: Member }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lifetime } = member;
  const days = lifetime.days_since_last;
  const last =
    days === null || days === undefined
      ? t("member.never")
      : days === 0
        ? t("member.today")
        : t("member.daysAgo", { count: days });
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t("member.spent")}</dt>
        <dd>
          <Money minor={lifetime.paid_minor} />
        </dd>
      </div>
      <div>
        <dt>{t("member.orders")}</dt>
        <dd className="num">{format.number(lifetime.orders)}</dd>
      </div>
      <div>
        <dt>{t("member.ticket")}</dt>
        <dd>
          <Money minor={lifetime.orders > 0 ? lifetime.average_ticket_minor : null} />
        </dd>
      </div>
      <div>
        <dt>{t("member.lastSeen")}</dt>
        <dd>{last}</dd>
      </div>
      <div>
        <dt>{t("member.wallet.points")}</dt>
        <dd className="num">{format.number(member.points)}</dd>
      </div>
    </dl>
  );
}
