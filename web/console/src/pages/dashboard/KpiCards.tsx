import { useTranslation } from "react-i18next";
import type { Kpis, Summary } from "../../api/types";
import { Delta } from "../../parts/Delta";
import { Definition } from "../../parts/Panel";
import { Bar } from "../../parts/skeletons";
import { type Formats, useFormat } from "../../parts/useFormat";
import styles from "./KpiCards.module.css";

type Kind = "money" | "count" | "decimal" | "rate";

const SHOWN = [
  ["net_minor", "money"],
  ["orders", "count"],
  ["average_ticket_minor", "money"],
  ["items_per_ticket", "decimal"],
  ["members_active", "count"],
  ["members_new", "count"],
  ["members_returning", "count"],
  ["repurchase_rate_bps", "rate"],
  ["discount_minor", "money"],
  ["identified_orders_bps", "rate"],
] as const satisfies readonly (readonly [keyof Kpis, Kind])[];

const LARGE_MINOR = 10_000_000;

function say(format: Formats, kind: Kind, value: number | string): string {
  if (kind === "money") return format.money(Number(value), { whole: Math.abs(Number(value)) >= LARGE_MINOR });
  if (kind === "rate") return format.percent(Number(value));
  return kind === "decimal" ? format.quantity(String(value)) : format.number(Number(value));
}

export function KpiCards({ summary }: { summary: Summary | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={styles.cards} aria-busy={!summary || undefined}>
      {SHOWN.map(([name, kind]) => {
        const now = summary?.current[name] ?? 0;
        const before = summary?.previous[name] ?? 0;
        const definition = format.text(summary?.definitions[name]);
        return (
          <div key={name} className={styles.card}>
            <dt>
              {t(`dashboard.kpi.${name}`)}
              {definition && <Definition text={definition} />}
            </dt>
            <dd>
              {summary ? (
                <>
                  <strong className="num">{say(format, kind, now)}</strong>
                  <Delta
                    now={Number(now)}
                    before={Number(before)}
                    rate={kind === "rate"}
                    was={t("dashboard.was", { value: say(format, kind, before) })}
                  />
                </>
              ) : (
                <Bar width="70%" height={26} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
