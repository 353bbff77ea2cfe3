import { useTranslation } from "react-i18next";
import { type IdentityPolicy, usePolicy } from "../../../api/identity";
import { useCan } from "../../../app/session";
import { LeaveWarning } from "../../../parts/LeaveWarning";
import { PageHeader } from "../../../parts/PageHeader";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";
import { BlockedValues } from "./BlockedValues";
import { DifferencePanel } from "./DifferencePanel";
import styles from "./rules.module.css";
import { SpaceList } from "./SpaceList";
import { TwoMembers } from "./TwoMembers";
import { useRules } from "./useRules";

/** By which rules people are recognised; what other rules would make of the past is seen before they apply. */
export default function RulesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = usePolicy();
  return (
    <>
      <PageHeader title={t("identityRules.title")} hint={t("identityRules.hint")} back="/identity" />
      {data ? (
        <Rules policy={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => refetch()} />
      ) : (
        <BlockSkeleton lines={10} />
      )}
    </>
  );
}

function Rules({ policy }: { policy: IdentityPolicy }) {
  const { t } = useTranslation();
  const can = useCan();
  // Who is shown blocked values masked would send them back masked.
  const may = can("identity.write") && can("members.contact");
  const rules = useRules(policy);
  const { draft, change } = rules;
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        {!may && <p className="muted small">{t("identityRules.readOnly")}</p>}
        <Panel title={t("identityRules.spaces")} definition={t("identityRules.spacesHint")}>
          <SpaceList spaces={draft.spaces} may={may} onChange={(spaces) => change({ spaces })} />
        </Panel>
        <Panel title={t("identityRules.twoMembers")} definition={t("identityRules.twoMembersHint")}>
          <TwoMembers
            value={draft.two_members ?? policy.two_members}
            may={may}
            onChange={(two_members) => change({ two_members })}
          />
        </Panel>
        <Panel title={t("identityRules.blocked")} definition={t("identityRules.blockedHint")}>
          <BlockedValues
            blocked={draft.blocked ?? []}
            everywhere={policy.everywhere}
            may={may}
            onChange={(blocked) => change({ blocked })}
          />
        </Panel>
      </div>
      {may && <DifferencePanel rules={rules} />}
      <LeaveWarning unsaved={rules.unsaved} />
    </div>
  );
}
