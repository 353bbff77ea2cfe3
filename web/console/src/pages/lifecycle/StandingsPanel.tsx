import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Definitions, Standings } from "../../api/traits";
import { Definition, Panel } from "../../parts/Panel";
import { useBeginSegment } from "../../parts/useBeginSegment";
import { useFormat } from "../../parts/useFormat";
import { Defined } from "../value/Defined";
import styles from "./lifecycle.module.css";
import { useStageColours } from "./useStageColours";

interface Props {
  title: string;
  /** The trait that these are the values of. */
  trait: "lifecycle" | "grade";
  rows: readonly Standings[];
  definitions?: Definitions;
}

/** How many members stand where, and what they bring. */
export function StandingsPanel({ title, trait, rows, definitions }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const colours = useStageColours();
  const begin = useBeginSegment();
  const everybody = Math.max(
    1,
    rows.reduce((sum, { members }) => sum + members, 0),
  );
  return (
    <Panel title={title}>
      <ul className={styles.standings}>
        {rows.map((row) => (
          <li key={row.code}>
            <span className={styles.stage}>
              <i style={{ background: colours[row.code] }} />
              {begin && row.members > 0 ? (
                <Button
                  type="link"
                  size="small"
                  className={styles.begin ?? ""}
                  title={t("lifecycle.make")}
                  onClick={() =>
                    begin({
                      name: format.text(row.name),
                      tree: { rule: "trait", name: trait, test: { test: "is", values: [row.code] } },
                    })
                  }
                >
                  {format.text(row.name)}
                </Button>
              ) : (
                format.text(row.name)
              )}
              <Definition text={format.text(row.definition)} />
            </span>
            <span className="num strong">{format.number(row.members)}</span>
            <span className={styles.bar}>
              <span style={{ width: `${(100 * row.members) / everybody}%`, background: colours[row.code] }} />
            </span>
            <span className="num muted small">{format.percent((10_000 * row.members) / everybody)}</span>
            <span className="num muted small">
              {t("lifecycle.sales", { amount: format.money(row.net_minor, { short: true }) })}
              {" · "}
              {t("lifecycle.worth", { amount: format.money(row.clv_minor, { short: true }) })}
            </span>
          </li>
        ))}
      </ul>
      {definitions && <Defined definitions={definitions} of={["rhythm"]} />}
    </Panel>
  );
}
