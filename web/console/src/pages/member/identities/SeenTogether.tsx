import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Key, MemberIdentities, Together } from "../../../api/identity";
import { EmptyState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { idOf } from "./graphOf";
import styles from "./identities.module.css";

const FIRST = 6;

/** The evidence: which identifiers were seen at once, how often, and what was left out and why. */
export function SeenTogether({ found }: { found: MemberIdentities }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const values = new Map(found.identifiers.map(({ key, value }) => [idOf(key), value]));
  if (found.sightings.length === 0)
    return <EmptyState title={t("identities.notTogether")} hint={t("identities.notTogetherHint")} />;
  const shown = all ? found.sightings : found.sightings.slice(0, FIRST);
  return (
    <>
      <ul className={styles.sightings}>
        {shown.map((seen) => (
          <Sighting key={seen.keys.map(idOf).join()} seen={seen} values={values} />
        ))}
      </ul>
      {shown.length < found.sightings.length && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t("identities.showAll", { count: found.sightings.length })}
        </Button>
      )}
    </>
  );
}

function Sighting({ seen, values }: { seen: Together; values: Map<string, string | null> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const out = new Map(seen.dropped.map(({ key, reason }) => [idOf(key), reason]));
  const [first, last] = [format.date(seen.first_at), format.date(seen.last_at)];
  const said = ({ namespace, index }: Key) => {
    const value = values.get(`${namespace}:${index}`);
    return value ? `${label("namespace", namespace)} ${value}` : label("namespace", namespace);
  };
  return (
    <li>
      <span className="cluster">
        {seen.keys.map((key) => {
          const reason = out.get(idOf(key));
          return reason === undefined ? (
            <Tag key={idOf(key)} variant="filled" className="num">
              {said(key)}
            </Tag>
          ) : (
            <Tag key={idOf(key)} color="warning" variant="filled" className="num">
              <s>{said(key)}</s> {label("dropReason", reason)}
            </Tag>
          );
        })}
      </span>
      <span className="small muted num">
        {t("identities.times", { count: seen.times })} · {first === last ? first : `${first} – ${last}`}
      </span>
    </li>
  );
}
