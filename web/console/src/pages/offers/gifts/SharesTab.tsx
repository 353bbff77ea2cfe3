import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { SHARE_STATUSES, type SharedPacket, type ShareStatus, useSharedPackets } from "../../../api/gifts";
import { PACKETS } from "../../../api/packets";
import { useShelf } from "../../../api/shelf";
import { DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { MemberLink } from "../../../parts/MemberLink";
import { Money } from "../../../parts/Money";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFilters } from "../../../parts/useFilters";
import { useFormat } from "../../../parts/useFormat";
import { When } from "../../../parts/When";
import { useNameOf } from "../shelf/useOfferColumns";
import { GIFT_FILTERS, GiftFilters } from "./GiftFilters";
import { ShareDrawer } from "./ShareDrawer";

const LIMIT = 50;
const OPEN = ["packet"] as const;
const COLOUR: Record<ShareStatus, string> = { open: "processing", emptied: "success", over: "default" };

/** Red packets that members opened for friends. */
export function SharesTab() {
  const { t } = useTranslation();
  const format = useFormat();
  const [params] = useSearchParams();
  const { filters, setFilters, clear, any } = useFilters(GIFT_FILTERS);
  const { filters: shown, clear: close } = useFilters(OPEN);
  const status = SHARE_STATUSES.find((each) => each === filters.status);
  const wanted = {
    ...(status && { status }),
    ...(filters.of && { campaign_id: filters.of }),
    ...(filters.member && { member_id: filters.member }),
  };
  const nameOf = useNameOf();
  const written = useShelf(PACKETS, { limit: 200 }).data?.items ?? [];
  const options = written.map((row) => ({ value: row.id, label: nameOf(row) }));
  const cursor = useCursor(wanted);
  const query = useSharedPackets({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const campaign = ({ campaign: { name, code } }: SharedPacket) => format.text(name) || code;
  const right = { align: "right" as const };
  return (
    <>
      <GiftFilters
        values={filters}
        statuses={SHARE_STATUSES.map((value) => ({ value, label: t(`gifts.shareStatus.${value}`) }))}
        options={options}
        what={t("gifts.column.campaign")}
        known={(query.data?.items ?? []).map(({ member }) => member)}
        onChange={setFilters}
        onClear={clear}
      />
      <DataList<SharedPacket>
        query={listOf(query)}
        rowKey={(row) => row.id}
        to={(row) => `?${new URLSearchParams({ ...Object.fromEntries(params), packet: row.id })}`}
        columns={[
          { key: "at", title: t("gifts.column.opened"), render: (_, row) => <When at={row.opened_at} /> },
          { key: "campaign", title: t("gifts.column.campaign"), render: (_, row) => campaign(row) },
          {
            key: "who",
            title: t("gifts.column.opener"),
            render: (_, row) => <MemberLink member={row.member} />,
          },
          { key: "parts", title: t("gifts.column.parts"), ...right, render: (_, row) => <Parts row={row} /> },
          {
            key: "taken",
            title: t("gifts.column.taken"),
            ...right,
            render: (_, row) => <Money minor={row.taken_minor} muted={row.taken_minor === 0} />,
          },
          {
            key: "total",
            title: t("gifts.column.total"),
            ...right,
            render: (_, row) => <Money minor={row.total_minor} />,
          },
          {
            key: "status",
            title: t("gifts.column.status"),
            render: (_, row) => <ShareTag status={row.status} />,
          },
          { key: "until", title: t("gifts.column.until"), render: (_, row) => <When at={row.expires_at} /> },
        ]}
        card={(row) => (
          <>
            <div className="spread">
              <strong>{campaign(row)}</strong>
              <ShareTag status={row.status} />
            </div>
            <div className="spread small">
              <MemberLink member={row.member} />
              <span>
                <Money minor={row.taken_minor} /> / <Money minor={row.total_minor} />
              </span>
            </div>
            <div className="spread small muted">
              <When at={row.opened_at} />
              <span>
                {t("gifts.column.parts")} <Parts row={row} />
              </span>
            </div>
          </>
        )}
        empty={
          <EmptyState
            filtered={any}
            onClear={clear}
            title={t("gifts.noShares")}
            hint={t("gifts.noSharesHint")}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      {shown.packet && <ShareDrawer id={shown.packet} onClose={close} />}
    </>
  );
}

function Parts({ row }: { row: SharedPacket }) {
  const format = useFormat();
  return (
    <span className="num">
      {format.number(row.taken)} / {format.number(row.parts)}
    </span>
  );
}

export function ShareTag({ status }: { status: ShareStatus }) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={COLOUR[status]} style={{ margin: 0 }}>
      {t(`gifts.shareStatus.${status}`)}
    </Tag>
  );
}
