import { MergeOutlined } from "@ant-design/icons";
import { Alert, Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type NamedMember, useIdentities, useMerges } from "../../../api/identity";
import { useCan } from "../../../app/session";
import { MemberLink } from "../../../parts/MemberLink";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { EmptyState, ErrorState } from "../../../parts/states";
import { usePhone } from "../../../parts/usePhone";
import { MergeList } from "../../identity/MergeList";
import { IdentifierList } from "./IdentifierList";
import { Identities } from "./Identities";
import styles from "./identities.module.css";
import { MergeDialog } from "./MergeDialog";
import { SeenTogether } from "./SeenTogether";

const MERGES = 10;
const NAMED = 100;

interface Props {
  member: NamedMember;
}

type View = "graph" | "list";

/** By what she is recognised, who turned out to be her, why, and how to take that back. */
export function IdentitiesTab({ member }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const phone = usePhone();
  const [view, setView] = useState<View>("graph");
  const [merging, setMerging] = useState(false);
  const { data, error, refetch } = useIdentities(member.id);
  const merges = useMerges({ member_id: member.id, limit: NAMED }).data?.items ?? [];
  if (!data)
    return error ? <ErrorState error={error} onRetry={() => refetch()} /> : <BlockSkeleton lines={8} />;
  const named = new Map(merges.map(({ absorbed }) => [absorbed.id, absorbed]));
  const became = merges.find(({ absorbed, undone_at }) => absorbed.id === member.id && undone_at === null);
  const known = data.identifiers.length + data.visitors.length + data.absorbed.length > 0;
  const drawn = view === "graph" && !phone;
  const choice = (
    <Segmented<View>
      size="small"
      value={view}
      onChange={setView}
      options={(["graph", "list"] as const).map((value) => ({ value, label: t(`identities.view.${value}`) }))}
    />
  );
  const merge = can("identity.write") && !became && (
    <Button size="small" icon={<MergeOutlined />} onClick={() => setMerging(true)}>
      {t("identities.merge")}
    </Button>
  );
  return (
    <div className={styles.tab}>
      {became && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t("identities.became")} <MemberLink member={became.survivor} tab="identities" />
            </>
          }
        />
      )}
      <Panel
        title={t("identities.title")}
        definition={t("identities.hint")}
        extra={
          <span className="cluster">
            {known && !phone && choice}
            {merge}
          </span>
        }
      >
        {!known ? (
          <EmptyState title={t("identities.empty")} hint={t("identities.emptyHint")} />
        ) : drawn ? (
          <Identities found={data} named={named} name={member.name ?? member.number} />
        ) : (
          <IdentifierList found={data} named={named} />
        )}
        {!data.complete && <p className="muted small">{t("identities.notAll")}</p>}
      </Panel>
      <Panel title={t("identities.together")} definition={t("identities.togetherHint")}>
        <SeenTogether found={data} />
      </Panel>
      <Panel title={t("identities.merges")} flush>
        <MergeList memberId={member.id} limit={MERGES} />
      </Panel>
      {merging && <MergeDialog member={member} onClose={() => setMerging(false)} />}
    </div>
  );
}
