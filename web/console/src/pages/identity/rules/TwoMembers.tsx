import { Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { IdentityPolicy } from "../../../api/identity";
import styles from "./rules.module.css";

type Way = IdentityPolicy["two_members"];

const WAYS = ["propose", "merge"] as const satisfies Way[];

/** What follows where an event proves that two members are one person. */
export function TwoMembers({
  value,
  may,
  onChange,
}: {
  value: Way;
  may: boolean;
  onChange: (way: Way) => void;
}) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      className={styles.ways ?? ""}
      value={value}
      disabled={!may}
      aria-label={t("identityRules.twoMembers")}
      onChange={({ target }) => onChange(target.value)}
      options={WAYS.map((way) => ({
        value: way,
        label: (
          <span>
            {t(`identityRules.way.${way}`)}
            <span className="small muted"> {t(`identityRules.wayHint.${way}`)}</span>
          </span>
        ),
      }))}
    />
  );
}
