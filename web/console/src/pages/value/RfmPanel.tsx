import { Segmented } from "antd";
import { Fragment, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RfmCell, RfmGrid } from "../../api/traits";
import { Panel } from "../../parts/Panel";
import { useBeginSegment } from "../../parts/useBeginSegment";
import { useFormat } from "../../parts/useFormat";
import { Defined } from "./Defined";
import { type Score, squareTree } from "./square";
import styles from "./value.module.css";

type Shown = "members" | "net_minor";

const SCORES = [5, 4, 3, 2, 1] as const;

interface Square {
  members: number;
  net_minor: number;
}

const NOBODY: Square = { members: 0, net_minor: 0 };

/** Recency across, frequency or money down; a square opens as a segment. */
export function RfmPanel({ grid }: { grid: RfmGrid }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState<Shown>("members");
  const [down, setDown] = useState<Score>("frequency");
  const squares = useMemo(() => summed(grid.cells, down), [grid, down]);
  const open = useOpening(down);
  const most = Math.max(1, ...[...squares.values()].map((square) => square[shown]));
  const total = shown === "members" ? grid.members : grid.net_minor;
  return (
    <Panel
      className={styles.wide}
      title={t("value.rfm.title")}
      extra={
        <span className="cluster">
          <Segmented<Score>
            size="small"
            value={down}
            options={[
              { value: "frequency", label: "R × F" },
              { value: "monetary", label: "R × M" },
            ]}
            onChange={setDown}
          />
          <Segmented<Shown>
            size="small"
            value={shown}
            options={[
              { value: "members", label: t("value.rfm.members") },
              { value: "net_minor", label: t("value.rfm.sales") },
            ]}
            onChange={setShown}
          />
        </span>
      }
    >
      <div className={styles.rfm}>
        <div>
          <div className={styles.grid}>
            <span className={styles.down}>{t(`value.rfm.${down}`)}</span>
            {SCORES.map((y) => (
              <Fragment key={y}>
                <span className={styles.score}>{y}</span>
                {[...SCORES].reverse().map((x) => {
                  const square = squares.get(`${x} ${y}`) ?? NOBODY;
                  const share = format.percent((10_000 * square[shown]) / Math.max(total, 1));
                  const said = t("value.rfm.square", {
                    recency: x,
                    other: y,
                    name: t(`value.rfm.${down}`),
                    members: format.number(square.members),
                    sales: format.money(square.net_minor, { whole: true }),
                  });
                  return (
                    <button
                      key={x}
                      type="button"
                      className={styles.square}
                      title={said}
                      aria-label={said}
                      disabled={square.members === 0 || !open}
                      style={{ "--heat": Math.sqrt(square[shown] / most) } as React.CSSProperties}
                      onClick={() => open?.(x, y)}
                    >
                      <strong className="num">
                        {shown === "members"
                          ? format.number(square.members)
                          : format.money(square.net_minor, { short: true })}
                      </strong>
                      <span className="num">{share}</span>
                    </button>
                  );
                })}
              </Fragment>
            ))}
            <span />
            {[...SCORES].reverse().map((x) => (
              <span key={x} className={styles.score}>
                {x}
              </span>
            ))}
            <span className={styles.across}>{t("value.rfm.recency")}</span>
          </div>
          {open && <p className="muted small">{t("value.rfm.open")}</p>}
        </div>
        <div>
          <Thresholds grid={grid} />
          <Defined definitions={grid.definitions} />
        </div>
      </div>
    </Panel>
  );
}

function summed(cells: readonly RfmCell[], down: Score): ReadonlyMap<string, Square> {
  const squares = new Map<string, Square>();
  for (const cell of cells) {
    const key = `${cell.recency} ${cell[down]}`;
    const before = squares.get(key) ?? NOBODY;
    squares.set(key, {
      members: before.members + cell.members,
      net_minor: before.net_minor + cell.net_minor,
    });
  }
  return squares;
}

/** Opens a square in the builder, for those who may write segments. */
function useOpening(down: Score): ((recency: number, other: number) => void) | null {
  const { t } = useTranslation();
  const begin = useBeginSegment();
  const letter = down === "frequency" ? "F" : "M";
  return (
    begin &&
    ((recency, other) =>
      begin({
        name: t("value.rfm.segment", { recency, other, letter }),
        tree: squareTree(recency, down, other),
      }))
  );
}

/** From how much on each score is given, that night. */
function Thresholds({ grid }: { grid: RfmGrid }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = (measure: Score, above: number) =>
    measure === "monetary"
      ? `> ${format.money(above)}`
      : measure === "recency"
        ? t("value.rfm.within", { count: -above })
        : t("value.rfm.over", { count: above });
  return (
    <table className={styles.thresholds}>
      <caption className="muted small">{t("value.rfm.thresholds")}</caption>
      <thead>
        <tr>
          <th />
          {[...SCORES].reverse().map((score) => (
            <th key={score}>{score}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(["recency", "frequency", "monetary"] as const).map((measure) => (
          <tr key={measure}>
            <th scope="row">{t(`value.rfm.${measure}`)}</th>
            <td className="muted">{t("value.rfm.rest")}</td>
            {[2, 3, 4, 5].map((score) => {
              const found = grid.thresholds.find((each) => each.measure === measure && each.score === score);
              return (
                <td key={score} className="num">
                  {found ? said(measure, found.above) : "—"}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
