import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type MemberSegment, useSegment, useSegmentsOfMember, useWhy } from "../../../api/segments";
import { type Column, DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { Panel } from "../../../parts/Panel";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { When } from "../../../parts/When";
import { WhyDrawer } from "../../segments/WhyDrawer";
import styles from "./portrait.module.css";

const LIMIT = 10;

/** The segments that hold her, since when, and why. */
export function SegmentsOfMember({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const cursor = useCursor([memberId]);
  const query = useSegmentsOfMember(memberId, { limit: LIMIT, cursor: cursor.cursor });
  const [asked, setAsked] = useState<string | null>(null);
  const name = ({ segment }: MemberSegment) => <Link to={`/segments/${segment.id}`}>{segment.name}</Link>;
  const why = ({ segment, kind }: MemberSegment) =>
    kind !== "upload" && (
      <Button
        type="text"
        size="small"
        icon={<QuestionCircleOutlined />}
        aria-label={`${t("why.why")} · ${segment.name}`}
        onClick={() => setAsked(segment.id)}
      >
        {t("why.why")}
      </Button>
    );
  const columns: Column<MemberSegment>[] = [
    { key: "segment", title: t("segments.column.name"), render: (_, row) => name(row) },
    { key: "since", title: t("segments.since"), width: 170, render: (_, { since }) => <When at={since} /> },
    {
      key: "at",
      title: t("segments.column.at"),
      width: 170,
      render: (_, row) => <When at={row.looked_at} />,
    },
    { key: "why", title: "", width: 100, align: "right", render: (_, row) => why(row) },
  ];
  return (
    <Panel
      flush
      className={styles.wide}
      title={t("segments.ofMember.title")}
      definition={t("segments.ofMember.definition")}
    >
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={({ segment }) => segment.id}
        card={(row) => (
          <div className="spread">
            {name(row)}
            <span className="cluster">
              <When at={row.since} show="date" />
              {why(row)}
            </span>
          </div>
        )}
        empty={<EmptyState title={t("segments.ofMember.none")} hint={t("segments.ofMember.noneHint")} />}
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {asked !== null && (
        <WhyOfSegment segmentId={asked} memberId={memberId} onClose={() => setAsked(null)} />
      )}
    </Panel>
  );
}

/** Begins with her; others can be asked about in the same drawer. */
function WhyOfSegment({
  segmentId,
  memberId,
  onClose,
}: {
  segmentId: string;
  memberId: string;
  onClose: () => void;
}) {
  const [member, setMember] = useState<string | undefined>(memberId);
  const segment = useSegment(segmentId);
  const explanation = useWhy(segmentId, member);
  return (
    <WhyDrawer
      tree={segment.data?.tree ?? null}
      query={explanation}
      member={member}
      onPick={setMember}
      onClose={onClose}
    />
  );
}
