import { CheckCircleFilled, InfoCircleFilled } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Quote } from "../../../api/types";
import { Panel } from "../../../parts/Panel";
import { useFormat } from "../../../parts/useFormat";
import styles from "./trial.module.css";

/** What is to be paid, and whether nothing better exists. */
export function Outcome({ quote }: { quote: Quote }) {
  const { t } = useTranslation();
  const format = useFormat();
  const saved = quote.gross_minor > 0 ? Math.round((quote.discount_minor / quote.gross_minor) * 10_000) : 0;
  return (
    <Panel>
      <div className={styles.outcome}>
        <div>
          <span className="muted">{t("trial.payable")}</span>
          <b className="num" data-testid="payable">
            {format.money(quote.payable_minor)}
          </b>
        </div>
        <div className={styles.facts}>
          {quote.discount_minor > 0 && (
            <span className="num">
              −{format.money(quote.discount_minor)} · {format.percent(saved)}
            </span>
          )}
          <Tooltip title={t(quote.proven ? "trial.provenHint" : "trial.unprovenHint")}>
            <span className={styles.proof} data-proven={quote.proven}>
              {quote.proven ? <CheckCircleFilled /> : <InfoCircleFilled />}
              {t(quote.proven ? "trial.proven" : "trial.unproven")}
            </span>
          </Tooltip>
          {quote.points.to_earn > 0 && (
            <span className="muted num">
              {t("trial.earns", { points: format.number(quote.points.to_earn) })}
            </span>
          )}
        </div>
      </div>
    </Panel>
  );
}
