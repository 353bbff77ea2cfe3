import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Segment, type SegmentMember, useSegmentMembers, useWhy } from "../../api/segments";
import { type Column, DataList } from "../../parts/DataList";
import { ExportButton } from "../../parts/ExportButton";
import { listOf } from "../../parts/listOf";
import { MemberLink } from "../../parts/MemberLink";
import { Panel } from "../../parts/Panel";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { When } from "../../parts/When";
import { WhyDrawer } from "./WhyDrawer";

const LIMIT = 20;

/** Who is in it, by the last look. */
export function MembersPanel({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const size = segment.last?.size;
  const cursor = useCursor([segment.id, segment.last?.number]);
  const query = useSegmentMembers(segment.id, { limit: LIMIT, cursor: cursor.cursor });
  const [asked, setAsked] = useState<string | undefined | null>(null);
  const explained = segment.tree !== null;
  const explanation = useWhy(segment.id, asked ?? undefined);
  const why = ({ id }: SegmentMember["member"]) =>
    explained && (
      <Button
        type="text"
        size="small"
        icon={<QuestionCircleOutlined />}
        aria-label={t("why.title")}
        onClick={() => setAsked(id)}
      >
        {t("why.why")}
      </Button>
    );
  const columns: Column<SegmentMember>[] = [
    {
      key: "member",
      title: t("segments.member"),
      render: (_, { member }) => (
        <span className="cluster">
          <MemberLink member={member} tab="overview" />
          {member.name !== null && <span className="muted small num">{member.number}</span>}
        </span>
      ),
    },
    {
      key: "since",
      title: t("segments.since"),
      width: 160,
      render: (_, { since }) => <When at={since} />,
    },
    { key: "why", title: "", width: 90, align: "right", render: (_, { member }) => why(member) },
  ];
  return (
    <Panel
      flush
      title={t("segments.members")}
      definition={t("segments.membersHint")}
      extra={
        <span className="cluster">
          {explained && (
            <Button size="small" onClick={() => setAsked(undefined)}>
              {t("why.anybody")}
            </Button>
          )}
          <ExportButton path={`/v1/segments/${segment.id}/members/export`} query={{}} disabled={!size} />
        </span>
      }
    >
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={({ member }) => member.id}
        card={(row) => (
          <div className="spread">
            <MemberLink member={row.member} tab="overview" />
            <span className="cluster">
              <When at={row.since} show="date" />
              {why(row.member)}
            </span>
          </div>
        )}
        empty={<EmptyState title={t("segments.noMembers")} hint={t("segments.noMembersHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT, total: size }}
      />
      {asked !== null && (
        <WhyDrawer
          tree={segment.tree}
          query={explanation}
          member={asked}
          onPick={setAsked}
          onClose={() => setAsked(null)}
        />
      )}
    </Panel>
  );
}
