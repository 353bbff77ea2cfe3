import { Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { CARD_STATUSES, type CardBatch, useCardBatch } from "../../api/cards";
import { Money } from "../../parts/Money";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { When } from "../../parts/When";
import { BatchActions, BatchState } from "./BatchActions";
import { soldOf } from "./BatchesTab";
import { CardList } from "./CardList";
import { CardTag } from "./CardTag";
import styles from "./cards.module.css";

/** One batch: how far it is sold, and its cards. */
export default function BatchPage() {
  const { id = "" } = useParams();
  const { data: batch, error, isPending, refetch } = useCardBatch(id);
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return (
    <>
      <PageHeader
        back="/cards"
        title={batch.name}
        mark={<BatchState row={batch} />}
        hint={<When at={batch.created_at} />}
        actions={<BatchActions row={batch} />}
      />
      <div className={styles.columns}>
        <CardList batchId={batch.id} />
        <Facts batch={batch} />
      </div>
    </>
  );
}

function Facts({ batch }: { batch: CardBatch }) {
  const { t } = useTranslation();
  const format = useFormat();
  const present = CARD_STATUSES.filter((status) => (batch.counts[status] ?? 0) > 0);
  const items = [
    [t("cards.column.face"), <Money key="face" minor={batch.face_minor} />],
    [
      t("cards.batch.valid"),
      batch.valid_days === null
        ? t("cards.never")
        : t("cards.batch.validDays", { days: format.number(batch.valid_days) }),
    ],
    [t("cards.batch.soldWorth"), <Money key="sold" minor={soldOf(batch) * batch.face_minor} />],
    [
      t("cards.batch.unsoldWorth"),
      <Money key="unsold" minor={(batch.counts.inactive ?? 0) * batch.face_minor} />,
    ],
  ] as const;
  return (
    <Panel title={t("cards.batch.facts")}>
      <div className={styles.bar} aria-hidden="true">
        {present.map((status) => (
          <i key={status} data-status={status} style={{ flexGrow: batch.counts[status] }} />
        ))}
      </div>
      <ul className={styles.counts}>
        {present.map((status) => {
          const count = batch.counts[status] ?? 0;
          return (
            <li key={status} className="spread">
              <CardTag status={status} />
              <span className="num">{t("cards.count", { count, number: format.number(count) })}</span>
            </li>
          );
        })}
      </ul>
      <Descriptions
        colon={false}
        column={1}
        size="small"
        items={items.map(([label, children]) => ({ key: label, label, children }))}
      />
    </Panel>
  );
}
