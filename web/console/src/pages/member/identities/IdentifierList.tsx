import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberIdentities, NamedMember } from "../../../api/identity";
import { MemberLink } from "../../../parts/MemberLink";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { idOf, inOrder } from "./graphOf";
import { Facts } from "./Identities";
import styles from "./identities.module.css";

/** The same as the graph, to be read: identifiers by namespace, then who turned out to be her. */
export function IdentifierList({
  found,
  named,
}: {
  found: MemberIdentities;
  named: Map<string, NamedMember>;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const format = useFormat();
  const identifiers = inOrder(found.identifiers);
  const spaces = [...new Set(identifiers.map(({ key }) => key.namespace))];
  return (
    <div className={styles.list}>
      {spaces.map((space) => (
        <section key={space} aria-label={label("namespace", space)}>
          <h3>{label("namespace", space)}</h3>
          <ul>
            {identifiers
              .filter(({ key }) => key.namespace === space)
              .map((each) => (
                <li key={idOf(each.key)}>
                  <span className="cluster">
                    <span className="num strong">{each.value ?? t("identities.notShown")}</span>
                    {each.main && <Tag variant="filled">{t("identities.main")}</Tag>}
                  </span>
                  <span className={`small muted ${styles.facts}`}>
                    <Facts identifier={each} found={found} />
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {found.absorbed.length + found.visitors.length > 0 && (
        <section aria-label={t("identities.others")}>
          <h3>{t("identities.others")}</h3>
          <ul>
            {found.absorbed.map((id) => (
              <li key={id}>
                <span className="strong">
                  <MemberLink
                    member={named.get(id) ?? { id, number: t("identities.someMember"), name: null }}
                    tab="identities"
                  />
                </span>
                <span className="small muted">{t("identities.absorbed")}</span>
              </li>
            ))}
            {found.visitors.map(({ person, first_seen_at, last_seen_on }) => (
              <li key={person}>
                <span className="strong num">
                  {t("identities.visitor")} #{person.slice(-6)}
                </span>
                <span className={`small muted ${styles.facts}`}>
                  <span>{t("identities.since", { date: format.date(first_seen_at) })}</span>
                  <span>
                    {t("identities.lastSeen")} {format.day(last_seen_on)}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
