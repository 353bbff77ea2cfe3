import { useTranslation } from "react-i18next";
import type { LiabilityMovement } from "../../api/liability";
import { Definition, Panel } from "../../parts/Panel";
import { useLabel } from "../../parts/useLabel";
import { usePhone } from "../../parts/usePhone";
import styles from "./liability.module.css";
import { useAmount } from "./useAmount";

/** With the sign that each has in the sum. */
const PARTS = [
  ["opening", 1],
  ["issued", 1],
  ["spent", -1],
  ["expired", -1],
  ["refunded", -1],
  ["forfeited", -1],
  ["taken_back", -1],
  ["adjusted", 1],
  ["closing", 1],
] as const;

type Part = (typeof PARTS)[number][0];

const ENDS: readonly Part[] = ["opening", "closing"];

/** From the opening to the closing balance of every asset; each row adds up. */
export function Movements({ movements }: { movements: readonly LiabilityMovement[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const moved = movements.filter((row) => PARTS.some(([part]) => row[part] !== 0));
  return (
    <Panel
      flush
      className={styles.wide}
      title={t("liability.movements.title")}
      definition={t("liability.movements.definition")}
    >
      {phone ? (
        moved.map((row) => (
          <section key={row.asset} className={styles.asset}>
            <h3>{label("asset", row.asset)}</h3>
            <dl>
              {PARTS.filter(([part]) => row[part] !== 0 || ENDS.includes(part)).map(([part, sign]) => (
                <div key={part} className="spread" data-end={ENDS.includes(part) || undefined}>
                  <dt>{t(`liability.movements.${part}`)}</dt>
                  <dd>
                    <Amount row={row} part={part} sign={sign} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))
      ) : (
        <Table moved={moved} />
      )}
    </Panel>
  );
}

function Table({ moved }: { moved: readonly LiabilityMovement[] }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t("liability.movements.asset")}</th>
            {PARTS.map(([part]) => (
              <th key={part}>
                {t(`liability.movements.${part}`)}
                {part !== "opening" && part !== "closing" && (
                  <Definition text={t(`liability.movements.${part}Definition`)} />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moved.map((row) => (
            <tr key={row.asset}>
              <th scope="row">{label("asset", row.asset)}</th>
              {PARTS.map(([part, sign]) => (
                <td key={part} data-end={ENDS.includes(part) || undefined}>
                  <Amount row={row} part={part} sign={sign} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Amount({ row, part, sign }: { row: LiabilityMovement; part: Part; sign: 1 | -1 }) {
  const amountOf = useAmount();
  const value = row[part] * sign;
  const end = ENDS.includes(part);
  if (value === 0 && !end) return <span className="muted">—</span>;
  const text = amountOf(row.asset, Math.abs(value));
  const mark = value < 0 ? "−" : end ? "" : "+";
  return (
    <span className="num">
      {mark}
      {text}
    </span>
  );
}
