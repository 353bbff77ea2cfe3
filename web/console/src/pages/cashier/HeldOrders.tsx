import { useTranslation } from "react-i18next";
import type { OrderRow } from "../../api/types";
import { ListSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./HeldOrders.module.css";
import { TimeLeft } from "./TimeLeft";
import type { Till } from "./useTill";

/** Orders of this store that wait for their money. */
export function HeldOrders({ till }: { till: Till }) {
  const { t } = useTranslation();
  const { list, rows, picked, takeUp } = till.held;
  if (list.isPending) return <ListSkeleton />;
  if (list.error) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (rows.length === 0) {
    return (
      <div className={styles.empty}>
        <EmptyState title={t("cashier.held.empty")} hint={t("cashier.held.emptyHint")} />
      </div>
    );
  }
  return (
    <ol className={styles.rows} aria-label={t("cashier.held.title")}>
      {rows.map((row, index) => (
        <Row key={row.id} row={row} picked={index === picked} onTake={() => takeUp(index)} />
      ))}
    </ol>
  );
}

function Row({ row, picked, onTake }: { row: OrderRow; picked: boolean; onTake: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys and Enter work from the input
    <li className={styles.row} aria-current={picked} onClick={onTake}>
      <span className={styles.name}>
        <span className="num">{row.number}</span>
        <small>
          {[
            row.member ? (row.member.name ?? row.member.number) : t("cashier.member.none"),
            t("cashier.held.units", { count: row.units }),
          ].join(" · ")}
        </small>
      </span>
      <span className="num muted">{format.dateTime(row.placed_at)}</span>
      <TimeLeft until={row.hold_until} />
      <b className="num">{format.money(row.paid_minor)}</b>
    </li>
  );
}
