import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFamilyOf } from "../../../api/families";
import { useCan } from "../../../app/session";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { CreateFamily } from "./CreateFamily";
import { FamilyActions } from "./FamilyActions";
import { FamilyPeople } from "./FamilyPeople";
import { Invitations } from "./Invitations";
import styles from "./rights.module.css";

/** The family she shares a wallet with, those who ask her to join, or the way to a family of her own. */
export function FamilyPanel({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const [creating, setCreating] = useState(false);
  const { data, error, isPending, refetch } = useFamilyOf(memberId);
  const family = data?.family;
  const figures = family
    ? [
        [t("rights.family.points"), format.number(family.points)],
        [t("rights.family.stored"), format.money(family.stored_principal + family.stored_bonus)],
      ]
    : [];
  return (
    <Panel
      title={family ? `${t("rights.family.title")} · ${family.name}` : t("rights.family.title")}
      extra={
        can("members.write") &&
        (family ? (
          <FamilyActions family={family} memberId={memberId} />
        ) : (
          data && (
            <Button size="small" onClick={() => setCreating(true)}>
              {t("rights.family.create")}
            </Button>
          )
        ))
      }
    >
      {isPending && <BlockSkeleton lines={3} />}
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {data && !family && data.invitations.length === 0 && (
        <span className="muted">{t("rights.family.none")}</span>
      )}
      {family && (
        <>
          <dl className={styles.figures}>
            {figures.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="num">{value}</dd>
              </div>
            ))}
          </dl>
          <Left points={data.points_left} value={data.value_left_minor} />
          <FamilyPeople family={family} />
          <Invitations invitations={family.invited} show="person" />
        </>
      )}
      {data && !family && <Invitations invitations={data.invitations} show="family" />}
      {creating && <CreateFamily memberId={memberId} onClose={() => setCreating(false)} />}
    </Panel>
  );
}

/** What this member may still spend of it today, where she has limits. */
function Left({ points, value }: { points: number | null; value: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = [
    ...(points === null ? [] : [t("rights.family.left", { points: format.number(points) })]),
    ...(value === null ? [] : [t("rights.family.leftMoney", { amount: format.money(value) })]),
  ];
  if (said.length === 0) return null;
  return <p className="muted small">{said.join(" · ")}</p>;
}
