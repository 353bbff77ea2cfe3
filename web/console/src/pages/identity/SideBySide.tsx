import { useTranslation } from "react-i18next";
import type { Member } from "../../api/types";
import { MemberLink } from "../../parts/MemberLink";
import { TierBadge } from "../../parts/TierBadge";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import styles from "./identity.module.css";

/** Two members, line by line; what both say the same is marked. */
export function SideBySide({ members }: { members: [Member, Member] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const lines: [string, (member: Member) => string | null][] = [
    ["name", ({ name }) => name],
    ["phone", ({ phone }) => phone],
    ["card", ({ card }) => card],
    ["email", ({ email }) => email],
    ["birthday", ({ birthday }) => birthday && format.day(birthday)],
    ["gender", ({ gender }) => gender && label("gender", gender)],
    ["joined", ({ joined_at }) => format.date(joined_at)],
    ["store", ({ join_store }) => join_store?.name ?? null],
    ["channel", ({ join_channel }) => label("channel", join_channel)],
    ["orders", ({ orders }) => format.number(orders)],
    ["paid", ({ paid_minor }) => format.money(paid_minor)],
    ["last", ({ last_order_at }) => last_order_at && format.date(last_order_at)],
    ["points", ({ points }) => format.number(points)],
  ];
  const known = lines.filter(([, of]) => members.some((member) => of(member) !== null));
  return (
    <table className={styles.sides} aria-label={t("identity.compare")}>
      <thead>
        <tr>
          <td />
          {members.map((member, at) => (
            <th key={member.id} scope="col">
              <MemberLink member={member} tab="identities" /> <TierBadge tier={member.tier} />
              <span className="small muted">
                <span className="num">{member.number}</span>
                {at === 0 && ` · ${t("identity.first")}`}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {known.map(([name, of]) => {
          const [one, other] = [of(members[0]), of(members[1])];
          const same = COMPARED.includes(name) && one !== null && one === other;
          return (
            <tr key={name} data-same={same || undefined}>
              <th scope="row">{t(`identity.line.${name}` as "identity.line.name")}</th>
              <td>{one ?? "—"}</td>
              <td>{other ?? "—"}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Where being alike says something. */
const COMPARED = ["name", "phone", "card", "email", "birthday", "store"];
