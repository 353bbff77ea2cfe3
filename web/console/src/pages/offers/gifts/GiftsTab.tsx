import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { GIFT_STATUSES, type Gift, type GiftStatus, useGifts, useWithdrawGift } from "../../../api/gifts";
import { useShelf } from "../../../api/shelf";
import { TEMPLATES } from "../../../api/templates";
import { useCan } from "../../../app/session";
import { DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { MemberLink } from "../../../parts/MemberLink";
import { EmptyState, useProblemWords } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFilters } from "../../../parts/useFilters";
import { useFormat } from "../../../parts/useFormat";
import { When } from "../../../parts/When";
import { useNameOf } from "../shelf/useOfferColumns";
import { GIFT_FILTERS, GiftFilters } from "./GiftFilters";

const LIMIT = 50;
const COLOUR: Record<GiftStatus, string> = {
  waiting: "processing",
  taken: "success",
  withdrawn: "default",
  expired: "default",
  empty: "warning",
};

/** Coupons that members gave away, whoever took them. */
export function GiftsTab() {
  const { t } = useTranslation();
  const { filters, setFilters, clear, any } = useFilters(GIFT_FILTERS);
  const status = GIFT_STATUSES.find((each) => each === filters.status);
  const wanted = {
    ...(status && { status }),
    ...(filters.of && { template_id: filters.of }),
    ...(filters.member && { member_id: filters.member }),
  };
  const nameOf = useNameOf();
  const written = useShelf(TEMPLATES, { limit: 200 }).data?.items ?? [];
  const options = written.map((row) => ({ value: row.id, label: nameOf(row) }));
  const cursor = useCursor(wanted);
  const query = useGifts({ ...wanted, limit: LIMIT, cursor: cursor.cursor });
  const people = (query.data?.items ?? []).flatMap(({ giver, taker }) => (taker ? [giver, taker] : [giver]));
  return (
    <>
      <GiftFilters
        values={filters}
        statuses={GIFT_STATUSES.map((value) => ({ value, label: t(`gifts.status.${value}`) }))}
        options={options}
        what={t("gifts.column.coupon")}
        known={people}
        onChange={setFilters}
        onClear={clear}
      />
      <DataList<Gift>
        query={listOf(query)}
        rowKey={(row) => row.id}
        columns={[
          { key: "at", title: t("gifts.column.given"), render: (_, row) => <When at={row.created_at} /> },
          { key: "coupon", title: t("gifts.column.coupon"), render: (_, row) => <Template row={row} /> },
          {
            key: "giver",
            title: t("gifts.column.giver"),
            render: (_, row) => <MemberLink member={row.giver} />,
          },
          { key: "taker", title: t("gifts.column.taker"), render: (_, row) => <Taker row={row} /> },
          {
            key: "status",
            title: t("gifts.column.status"),
            render: (_, row) => <StatusTag status={row.status} />,
          },
          { key: "until", title: t("gifts.column.ended"), render: (_, row) => <Ended row={row} /> },
          { key: "actions", title: "", align: "right", render: (_, row) => <Withdraw row={row} /> },
        ]}
        card={(row) => (
          <>
            <div className="spread">
              <Template row={row} />
              <StatusTag status={row.status} />
            </div>
            <div className="small">
              <MemberLink member={row.giver} /> → <Taker row={row} />
            </div>
            <div className="spread small muted">
              <Ended row={row} />
              <Withdraw row={row} />
            </div>
          </>
        )}
        empty={
          <EmptyState filtered={any} onClear={clear} title={t("gifts.empty")} hint={t("gifts.emptyHint")} />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
    </>
  );
}

function Template({ row }: { row: Gift }) {
  const format = useFormat();
  return (
    <Link to={`/coupons/${row.template.id}?tab=coupons`}>
      {format.text(row.template.name) || row.template.code}
    </Link>
  );
}

function Taker({ row }: { row: Gift }) {
  if (!row.taker) return <span className="muted">—</span>;
  return <MemberLink member={row.taker} />;
}

function StatusTag({ status }: { status: GiftStatus }) {
  const { t } = useTranslation();
  return (
    <Tag
      variant="filled"
      color={COLOUR[status]}
      style={{ margin: 0 }}
      {...(status === "empty" && { title: t("gifts.emptyMeans") })}
    >
      {t(`gifts.status.${status}`)}
    </Tag>
  );
}

/** When it was taken or taken back; or until when it waits. */
function Ended({ row }: { row: Gift }) {
  const { t } = useTranslation();
  const at = row.taken_at ?? row.withdrawn_at;
  if (at) return <When at={at} />;
  return (
    <span className="muted">
      {t("gifts.until")} <When at={row.expires_at} />
    </span>
  );
}

function Withdraw({ row }: { row: Gift }) {
  const { t } = useTranslation();
  const can = useCan();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const withdraw = useWithdrawGift();
  if (!can("members.write") || (row.status !== "waiting" && row.status !== "empty")) return null;
  const ask = () =>
    modal.confirm({
      title: t("gifts.withdraw.ask", { name: row.giver.name ?? row.giver.number }),
      content: t("gifts.withdraw.hint"),
      okText: t("gifts.withdraw.do"),
      okButtonProps: { danger: true },
      onOk: () =>
        withdraw.mutateAsync(row.id).then(
          () => void message.success(t("gifts.withdraw.done")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <Button size="small" type="text" danger onClick={ask}>
      {t("gifts.withdraw.do")}
    </Button>
  );
}
