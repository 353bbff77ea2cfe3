import { useTranslation } from "react-i18next";
import type { Stage } from "../api/types";
import { Definition, Panel } from "./Panel";
import { useFormat } from "./useFormat";
import styles from "./Waterfall.module.css";

interface Step {
  key: string;
  name: string;
  /** From and to, in minor units; both from zero for a total. */
  from: number;
  to: number;
  /** `add` puts on instead of taking off, as tax does. */
  kind: "total" | "off" | "add";
}

/** An order or a quote. `payable_minor`: what is left to pay in money, where it is known. */
export interface Settled {
  gross_minor: number;
  paid_minor: number;
  net_minor: number;
  payable_minor?: number;
  stages: Stage[];
}

/** From shelf value to what is paid, one bar a stage that did something; then what stored value paid of it. */
export function Waterfall({ order }: { order: Settled }) {
  const { t } = useTranslation();
  const format = useFormat();
  const did = order.stages.filter(({ amount_minor }) => amount_minor !== 0);
  const step = ({ stage, label, before_minor, after_minor }: Stage): Step => ({
    key: stage,
    name: format.text(label),
    from: Math.min(before_minor, after_minor),
    to: Math.max(before_minor, after_minor),
    kind: after_minor > before_minor ? "add" : "off",
  });
  const total = (key: string, name: string, to: number): Step => ({ key, name, from: 0, to, kind: "total" });
  const payments = did.filter(({ stage }) => stage === "stored_value");
  const steps = [
    total("start", t("order.start"), order.gross_minor),
    ...did.filter(({ stage }) => stage !== "stored_value").map(step),
    total("end", t("order.end"), order.paid_minor),
    ...payments.map(step),
    ...(payments.length > 0 && order.payable_minor !== undefined
      ? [total("payable", t("order.payable"), order.payable_minor)]
      : []),
  ];
  const widest = Math.max(1, ...steps.map(({ to }) => to));
  const percent = (minor: number) => `${(minor / widest) * 100}%`;
  const sign = { total: "", off: "−", add: "+" };
  return (
    <Panel title={t("order.waterfall")} definition={t("order.waterfallHint")}>
      <dl className={styles.steps}>
        {steps.map(({ key, name, from, to, kind }) => (
          <div key={key} data-total={kind === "total" || undefined}>
            <dt>{name}</dt>
            <dd className="num">
              {sign[kind]}
              {format.money(to - from)}
            </dd>
            <span className={styles.track}>
              <i style={{ insetInlineStart: percent(from), width: percent(Math.max(0, to - from)) }} />
            </span>
          </div>
        ))}
        {order.net_minor !== order.paid_minor && (
          <div className={styles.net}>
            <dt>
              {t("order.net")} <Definition text={t("order.netHint")} />
            </dt>
            <dd className="num">{format.money(order.net_minor)}</dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
