import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LoyaltyCell, LoyaltyMatrix, useLoyalty } from "../../api/traits";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { type Begun, useBeginSegment } from "../../parts/useBeginSegment";
import { useFormat } from "../../parts/useFormat";
import { Defined } from "../value/Defined";
import styles from "./lifecycle.module.css";

/** Loyal or not, against active or not; and what that asks for. */
export function LoyaltyPanel({ query }: { query: ReturnType<typeof useLoyalty> }) {
  const { t } = useTranslation();
  const found = query.data;
  return (
    <Panel className={styles.wide} title={t("lifecycle.loyalty.title")}>
      {query.error && !found ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !found ? (
        <BlockSkeleton lines={7} />
      ) : found.cells.length === 0 ? (
        <EmptyState title={t("value.noSales")} />
      ) : (
        <>
          <Matrix matrix={found} />
          <div className={styles.places}>
            <Places
              title={t("lifecycle.loyalty.categories")}
              rows={found.categories.map((row) => ({ ...row, id: row.category.id, name: row.category.name }))}
            />
            <Places
              title={t("lifecycle.loyalty.stores")}
              rows={found.stores.map((row) => ({ ...row, id: row.store.id, name: row.store.name }))}
            />
          </div>
          <Defined definitions={found.definitions} />
        </>
      )}
    </Panel>
  );
}

function Matrix({ matrix }: { matrix: LoyaltyMatrix }) {
  const { t } = useTranslation();
  const format = useFormat();
  const begin = useBeginSegment();
  const nameOf = (words: LoyaltyMatrix["grades"], code: string) =>
    format.text(words.find((word) => word.code === code)?.name);
  const begunOf = ({ loyalty, grade }: LoyaltyCell): Begun => ({
    name: `${nameOf(matrix.loyalties, loyalty)} × ${nameOf(matrix.grades, grade)}`,
    tree: {
      rule: "all",
      of: [
        { rule: "trait", name: "loyalty", test: { test: "is", values: [loyalty] } },
        { rule: "trait", name: "grade", test: { test: "is", values: [grade] } },
      ],
    },
  });
  const largest = [...matrix.cells].sort((one, other) => other.members - one.members)[0];
  const [picked, setPicked] = useState<LoyaltyCell | undefined>(largest);
  const most = Math.max(1, largest?.members ?? 1);
  const everybody = Math.max(
    1,
    matrix.cells.reduce((sum, { members }) => sum + members, 0),
  );
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th />
              {matrix.grades.map(({ code, name }) => (
                <th key={code}>{format.text(name)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.loyalties.map((loyalty) => (
              <tr key={loyalty.code}>
                <th scope="row">{format.text(loyalty.name)}</th>
                {matrix.grades.map((grade) => {
                  const cell = matrix.cells.find(
                    (each) => each.loyalty === loyalty.code && each.grade === grade.code,
                  );
                  const members = cell?.members ?? 0;
                  return (
                    <td key={grade.code}>
                      <button
                        type="button"
                        disabled={!cell}
                        aria-pressed={cell !== undefined && cell === picked}
                        style={{ "--heat": Math.sqrt(members / most) } as React.CSSProperties}
                        onClick={() => setPicked(cell)}
                      >
                        <strong className="num">{format.number(members)}</strong>
                        <span className="num">{format.percent((10_000 * members) / everybody)}</span>
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {picked && (
        <p className={styles.diagnosis} aria-live="polite">
          {format.text(picked.diagnosis)}{" "}
          <span className="muted small num">
            {t("lifecycle.loyalty.picked", {
              members: format.number(picked.members),
              sales: format.money(picked.net_minor, { whole: true }),
            })}
          </span>
          {begin && (
            <Button type="link" size="small" onClick={() => begin(begunOf(picked))}>
              {t("lifecycle.make")}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

interface Place {
  id: string;
  name: string;
  members: number;
  loyal_bps: number;
  active_bps: number;
  diagnosis: { zh: string; en: string };
}

const FEW = 8;

function Places({ title, rows }: { title: string; rows: readonly Place[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className={styles.list}>
        {rows.slice(0, FEW).map((row) => (
          <li key={row.id}>
            <div className="spread">
              <strong className="ellipsis">{row.name}</strong>
              <span className="muted small num">
                {t("lifecycle.loyalty.place", {
                  members: format.number(row.members),
                  loyal: format.percent(row.loyal_bps),
                  active: format.percent(row.active_bps),
                })}
              </span>
            </div>
            <span className="small">{format.text(row.diagnosis)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
