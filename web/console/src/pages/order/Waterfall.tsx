import { useTranslation } from "react-i18next";
import type { Order } from "../../api/types";
import { Definition, Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import styles from "./Waterfall.module.css";

interface Step {
  key: string;
  name: string;
  /** From and to, in minor units; both from zero for a total. */
  from: number;
  to: number;
  total: boolean;
}

/** From shelf value to what was paid, one bar a stage that did something. */
export function Waterfall({ order }: { order: Order }) {
  const { t } = useTranslation();
  const format = useFormat();
  const steps: Step[] = [
    { key: "start", name: t("order.start"), from: 0, to: order.gross_minor, total: true },
    ...order.stages
      .filter(({ amount_minor }) => amount_minor !== 0)
      .map(({ stage, label, before_minor, after_minor }) => ({
        key: stage,
        name: format.text(label),
        from: after_minor,
        to: before_minor,
        total: false,
      })),
    { key: "end", name: t("order.end"), from: 0, to: order.paid_minor, total: true },
  ];
  const widest = Math.max(1, ...steps.map(({ from, to }) => Math.max(from, to)));
  const percent = (minor: number) => `${(minor / widest) * 100}%`;
  return (
    <Panel title={t("order.waterfall")} definition={t("order.waterfallHint")}>
      <dl className={styles.steps}>
        {steps.map(({ key, name, from, to, total }) => (
          <div key={key} data-total={total || undefined}>
            <dt>{name}</dt>
            <dd className="num">{total ? format.money(to) : `−${format.money(to - from)}`}</dd>
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
