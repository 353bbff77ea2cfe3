import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../parts/useFormat";
import styles from "./crowd.module.css";

interface Row {
  id: string;
  name: string;
  here_bps: number;
  everybody_bps: number;
  index: number | null;
}

const FEW = 8;

/** Shares here and of everybody, side by side, with how many times the one is the other. */
export function Compared({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const most = Math.max(1, ...rows.map((row) => Math.max(row.here_bps, row.everybody_bps)));
  const shown = all ? rows : rows.slice(0, FEW);
  if (rows.length === 0) return <span className="muted">{t("state.empty")}</span>;
  return (
    <>
      <ul className={styles.rows}>
        {shown.map((row) => (
          <li key={row.id}>
            <span className={styles.name}>{row.name}</span>
            <span
              className={styles.bars}
              title={`${t("crowd.here")} ${format.percent(row.here_bps)} · ${t("crowd.everybody")} ${format.percent(row.everybody_bps)}`}
            >
              <span data-of="here" style={{ width: `${(100 * row.here_bps) / most}%` }} />
              <span data-of="everybody" style={{ width: `${(100 * row.everybody_bps) / most}%` }} />
            </span>
            <span className="num">{format.percent(row.here_bps)}</span>
            <Index value={row.index} />
          </li>
        ))}
      </ul>
      {rows.length > FEW && !all && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t("crowd.all", { count: rows.length })}
        </Button>
      )}
    </>
  );
}

const MUCH = 120;
const LITTLE = 80;

/** 100 is as everybody. */
export function Index({ value }: { value: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === null) return <span className="muted">—</span>;
  const way = value >= MUCH ? "more" : value <= LITTLE ? "less" : "same";
  return (
    <span className={styles.index} data-way={way} title={t("crowd.indexHint")}>
      <span aria-hidden="true">{way === "more" ? "▲" : way === "less" ? "▼" : ""}</span>
      {format.number(value)}
    </span>
  );
}
