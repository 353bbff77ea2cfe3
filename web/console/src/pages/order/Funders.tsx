import { useTranslation } from "react-i18next";
import type { Adjustment, Order } from "../../api/types";
import { Money } from "../../parts/Money";
import { Panel } from "../../parts/Panel";
import { useLabel } from "../../parts/useLabel";

/** Who pays for the discount. */
export function Funders({ order }: { order: Order }) {
  const { t } = useTranslation();
  const label = useLabel();
  const sums = new Map<Adjustment["funder"], number>();
  for (const { funder, amount_minor } of order.lines.flatMap((line) => line.adjustments)) {
    sums.set(funder, (sums.get(funder) ?? 0) + amount_minor);
  }
  if (sums.size === 0) return null;
  return (
    <Panel title={t("order.adjustments")}>
      {[...sums].map(([funder, minor]) => (
        <div key={funder} className="spread">
          <span>{label("funder", funder)}</span>
          <Money minor={-minor} />
        </div>
      ))}
    </Panel>
  );
}
