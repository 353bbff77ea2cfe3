import { CheckCircleFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClearingPosition } from "../../api/clearing";
import { Money } from "../../parts/Money";
import { Panel } from "../../parts/Panel";
import styles from "./clearing.module.css";
import { Party } from "./Party";

const FEW = 10;

interface Props {
  positions: readonly ClearingPosition[];
  /** Shows what is behind a party. */
  onPick?: (partyId: string) => void;
}

interface Sum {
  receives_minor: number;
  pays_minor: number;
  net_minor: number;
}

const sumOf = (positions: readonly Sum[]): Sum => ({
  receives_minor: positions.reduce((sum, each) => sum + each.receives_minor, 0),
  pays_minor: positions.reduce((sum, each) => sum + each.pays_minor, 0),
  net_minor: positions.reduce((sum, each) => sum + each.net_minor, 0),
});

/** What each party gets or gives in the end, largest first; the last line shows that it adds up to nothing. */
export function Positions({ positions, onPick }: Props) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const sorted = [...positions].sort((a, b) => Math.abs(b.net_minor) - Math.abs(a.net_minor));
  const long = sorted.length > FEW + 1;
  const shown = long && !all ? sorted.slice(0, FEW) : sorted;
  const rest = sorted.slice(shown.length);
  const total = sumOf(positions);
  return (
    <Panel
      flush
      title={t("clearing.positions.title")}
      definition={t("clearing.positions.definition")}
      extra={
        long && (
          <Button type="link" size="small" onClick={() => setAll(!all)}>
            {all
              ? t("clearing.positions.fewer", { count: FEW })
              : t("clearing.positions.all", { count: sorted.length })}
          </Button>
        )
      }
    >
      <table className={styles.sums}>
        <thead>
          <tr>
            <th>{t("clearing.column.party")}</th>
            <th>{t("clearing.column.receives")}</th>
            <th>{t("clearing.column.pays")}</th>
            <th>{t("clearing.column.net")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((position) => (
            <tr key={position.party.id}>
              <th scope="row">
                {onPick ? (
                  <button type="button" className={styles.pick} onClick={() => onPick(position.party.id)}>
                    <Party party={position.party} />
                  </button>
                ) : (
                  <Party party={position.party} />
                )}
              </th>
              <Figures sum={position} />
            </tr>
          ))}
          {rest.length > 0 && (
            <tr data-rest>
              <th scope="row">{t("clearing.positions.rest", { count: rest.length })}</th>
              <Figures sum={sumOf(rest)} />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              {t("clearing.column.total")}
              {total.net_minor === 0 && (
                <span className={styles.balanced}>
                  <CheckCircleFilled aria-hidden="true" /> {t("clearing.positions.balanced")}
                </span>
              )}
            </th>
            <Figures sum={total} />
          </tr>
        </tfoot>
      </table>
    </Panel>
  );
}

function Figures({ sum }: { sum: Sum }) {
  return (
    <>
      <td>{sum.receives_minor === 0 ? <Nothing /> : <Money minor={sum.receives_minor} />}</td>
      <td>{sum.pays_minor === 0 ? <Nothing /> : <Money minor={sum.pays_minor} />}</td>
      <td data-sign={Math.sign(sum.net_minor)}>
        <Money minor={sum.net_minor} signed />
      </td>
    </>
  );
}

const Nothing = () => <span className="muted">—</span>;
