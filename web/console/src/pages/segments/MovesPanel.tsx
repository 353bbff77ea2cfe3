import { CloseOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type Segment, type SegmentMove, type Snapshot, useMoves } from "../../api/segments";
import { type Column, DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { MemberLink } from "../../parts/MemberLink";
import { Panel } from "../../parts/Panel";
import { EmptyState } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";

const LIMIT = 20;

interface Props {
  segment: Segment;
  snapshot: Snapshot;
  onClose: () => void;
}

/** Who came and who went with one look. */
export function MovesPanel({ segment, snapshot, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const cursor = useCursor([segment.id, snapshot.number]);
  const query = useMoves(segment.id, snapshot.number, { limit: LIMIT, cursor: cursor.cursor });
  const columns: Column<SegmentMove>[] = [
    {
      key: "entered",
      title: "",
      width: 80,
      render: (_, { entered }) => <Way entered={entered} />,
    },
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
  ];
  return (
    <Panel
      flush
      title={t("segments.moves.title", { at: format.dateTime(snapshot.at) })}
      definition={t("segments.moves.hint")}
      extra={
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t("segments.moves.close")}
          onClick={onClose}
        />
      }
    >
      <DataList
        query={listOf(query)}
        columns={columns}
        rowKey={({ member, entered }) => `${member.id} ${entered}`}
        card={({ member, entered }) => (
          <div className="spread">
            <MemberLink member={member} tab="overview" />
            <Way entered={entered} />
          </div>
        )}
        empty={<EmptyState title={t("segments.moves.none")} />}
        pager={{
          cursor,
          next: query.data?.next_cursor,
          limit: LIMIT,
          total: snapshot.entered + snapshot.left,
        }}
      />
    </Panel>
  );
}

function Way({ entered }: { entered: boolean }) {
  const { t } = useTranslation();
  return (
    <Tag color={entered ? "success" : "error"} variant="filled">
      {t(entered ? "segments.entered" : "segments.left")}
    </Tag>
  );
}
