import { Button, Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { type CardMove, type StoredCard, useCardStatement, useStoredCard } from "../../api/cards";
import { useCan } from "../../app/session";
import { DataList } from "../../parts/DataList";
import { Money } from "../../parts/Money";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { PageSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useLabel } from "../../parts/useLabel";
import { When } from "../../parts/When";
import { CardActions } from "./CardActions";
import { CardTag, spaced } from "./CardTag";
import styles from "./cards.module.css";

/** One card: what is on it, what became of it, what can be done with it. */
export default function CardPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const { data: card, error, isPending, refetch } = useStoredCard(id);
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return (
    <>
      <PageHeader
        back={`/cards/batches/${card.batch_id}`}
        title={t("cards.card.title", { number: spaced(card.number) })}
        mark={<CardTag status={card.status} />}
        actions={<CardActions card={card} />}
      />
      <div className={styles.columns}>
        <Statement cardId={card.id} />
        <Facts card={card} />
      </div>
    </>
  );
}

function Facts({ card }: { card: StoredCard }) {
  const { t } = useTranslation();
  const can = useCan();
  const member = card.member;
  const items = [
    [t("cards.column.face"), <Money key="face" minor={card.face_minor} />],
    [t("cards.column.activated"), <When key="activated" at={card.activated_at} />],
    [t("cards.card.soldAt"), card.activated_store?.name ?? "—"],
    [
      t("cards.column.expires"),
      card.expires_at ? (
        <When key="expires" at={card.expires_at} />
      ) : card.activated_at ? (
        t("cards.never")
      ) : (
        "—"
      ),
    ],
    ...(member
      ? [
          [
            t("cards.column.member"),
            can("members.read") ? (
              <Link key="member" to={`/members/${member.id}?tab=wallet`}>
                {member.name ?? member.number}
              </Link>
            ) : (
              member.number
            ),
          ] as const,
        ]
      : []),
    [
      t("cards.card.batch"),
      <Link key="batch" to={`/cards/batches/${card.batch_id}`}>
        {t("cards.card.seeBatch")}
      </Link>,
    ],
  ] as const;
  return (
    <Panel title={t("cards.column.balance")}>
      <strong className={styles.figure}>
        <Money minor={card.balance_minor} />
      </strong>
      <Descriptions
        colon={false}
        column={1}
        size="small"
        items={items.map(([label, children]) => ({ key: label, label, children }))}
      />
    </Panel>
  );
}

function Statement({ cardId }: { cardId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const query = useCardStatement(cardId);
  const rows = query.data?.pages.flatMap((page) => page.items);
  return (
    <Panel flush title={t("cards.card.statement")}>
      <div className={styles.inner}>
        <DataList<CardMove>
          query={{ rows, loading: query.isPending, error: query.error, retry: () => void query.refetch() }}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t("cards.card.noMoves")} />}
          columns={[
            { key: "at", title: t("cards.column.at"), render: (_, row) => <When at={row.at} /> },
            { key: "kind", title: t("cards.column.kind"), render: (_, row) => <Cause row={row} /> },
            { key: "asset", title: t("cards.column.asset"), render: (_, row) => label("asset", row.asset) },
            {
              key: "amount",
              title: t("cards.column.amount"),
              align: "right",
              render: (_, row) => <Money minor={row.amount} signed />,
            },
          ]}
          card={(row) => (
            <>
              <div className="spread">
                <Cause row={row} />
                <Money minor={row.amount} signed />
              </div>
              <div className="small muted">
                <When at={row.at} /> · {label("asset", row.asset)}
              </div>
            </>
          )}
        />
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button size="small" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
              {t("action.more")}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

/** What happened; leads to the order where there is one. */
function Cause({ row }: { row: CardMove }) {
  const can = useCan();
  const label = useLabel();
  const text = label("posting", row.kind);
  return (
    <span>
      {row.order_id && can("orders.read") ? <Link to={`/orders/${row.order_id}`}>{text}</Link> : text}
      {row.note && <span className="muted small"> {row.note}</span>}
    </span>
  );
}
