import { Button, Timeline } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMemberTimeline } from "../../api/members";
import type { TimelineItem } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { ListSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import styles from "./TimelineTab.module.css";

const COLOURS: Record<string, string> = {
  order: "green",
  points: "blue",
  stored: "blue",
  top: "blue",
  red: "blue",
  coupon: "blue",
  tier: "orange",
  member: "gray",
};

export function TimelineTab({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const query = useMemberTimeline(memberId);
  if (query.isPending) return <ListSkeleton columns={2} />;
  if (query.error) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  // What the server tells no story of is called by what it is.
  const title = (item: TimelineItem) =>
    item.title.en === item.type ? label("action", item.type) : format.text(item.title);
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <EmptyState title={t("member.timelineEmpty")} />;
  return (
    <Panel>
      <Timeline
        className={styles.timeline ?? ""}
        items={items.map((item) => ({
          key: item.id,
          color: COLOURS[item.type.split(/[._]/)[0] ?? ""] ?? "gray",
          content: (
            <div className={styles.item}>
              <div>
                {item.order_id ? (
                  <Link to={`/orders/${item.order_id}`}>{title(item)}</Link>
                ) : (
                  <span>{title(item)}</span>
                )}
                <p>{format.text(item.detail)}</p>
              </div>
              <span className="muted small">
                <When at={item.at} />
              </span>
            </div>
          ),
        }))}
      />
      {query.hasNextPage && (
        <Button block type="text" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("action.more")}
        </Button>
      )}
    </Panel>
  );
}
