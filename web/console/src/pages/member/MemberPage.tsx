import { EditOutlined } from "@ant-design/icons";
import { Button, Tabs, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Problem } from "../../api/client";
import { useMember } from "../../api/members";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { TierBadge } from "../../parts/TierBadge";
import { useFilters } from "../../parts/useFilters";
import { useFormat } from "../../parts/useFormat";
import { ConsentTab } from "./consent/ConsentTab";
import { EditMember } from "./EditMember";
import { ErasedMember } from "./erasing/ErasedMember";
import { IdentitiesTab } from "./identities/IdentitiesTab";
import { OrdersTab } from "./OrdersTab";
import { OverviewTab } from "./OverviewTab";
import { PortraitTab } from "./portrait/PortraitTab";
import { RightsTab } from "./rights/RightsTab";
import { TimelineTab } from "./TimelineTab";
import { MemberTags } from "./tags/MemberTags";
import { WalletTab } from "./WalletTab";

const NAMES = ["tab"] as const;

/** One screen about one member. */
export default function MemberPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const format = useFormat();
  const can = useCan();
  const { filters, setFilters } = useFilters(NAMES);
  const [editing, setEditing] = useState(false);
  const { data: member, error, isPending, refetch } = useMember(id);
  if (isPending) return <PageSkeleton />;
  if (error instanceof Problem && error.code === "member_erased") return <ErasedMember problem={error} />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  const place = member.join_store ? ` · ${member.join_store.name}` : "";
  return (
    <>
      <PageHeader
        back="/members"
        title={member.name ?? t("member.noName")}
        mark={
          <>
            <TierBadge tier={member.tier} />
            {member.generated && (
              <Tooltip title={t("members.generatedHint")}>
                <Tag variant="filled">{t("members.generated")}</Tag>
              </Tooltip>
            )}
          </>
        }
        hint={
          <span className="num" style={{ whiteSpace: "normal" }}>
            {member.number} · {t("member.since", { date: format.date(member.joined_at) })}
            {place}
          </span>
        }
        actions={
          can("members.write") && (
            <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
              {t("members.form.edit")}
            </Button>
          )
        }
      />
      <MemberTags memberId={id} />
      <Tabs
        activeKey={filters.tab ?? "overview"}
        onChange={(tab) => setFilters({ tab: tab === "overview" ? "" : tab })}
        items={[
          { key: "overview", label: t("member.tab.overview"), children: <OverviewTab member={member} /> },
          { key: "portrait", label: t("portrait.tab"), children: <PortraitTab memberId={id} /> },
          { key: "wallet", label: t("member.tab.wallet"), children: <WalletTab memberId={id} /> },
          { key: "rights", label: t("rights.tab"), children: <RightsTab memberId={id} /> },
          ...(can("orders.read")
            ? [{ key: "orders", label: t("member.tab.orders"), children: <OrdersTab memberId={id} /> }]
            : []),
          ...(can("identity.read")
            ? [
                {
                  key: "identities",
                  label: t("identities.tab"),
                  children: <IdentitiesTab key={id} member={member} />,
                },
              ]
            : []),
          {
            key: "consent",
            label: t("consent.tab"),
            children: <ConsentTab memberId={id} number={member.number} />,
          },
          { key: "timeline", label: t("member.tab.timeline"), children: <TimelineTab memberId={id} /> },
        ]}
      />
      {editing && <EditMember member={member} onClose={() => setEditing(false)} />}
    </>
  );
}
