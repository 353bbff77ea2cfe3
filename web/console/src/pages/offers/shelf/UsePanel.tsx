import { Progress } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../parts/Panel";
import { useFormat } from "../../../parts/useFormat";

type Amount = number | null | undefined;

interface Props {
  uses: Amount;
  usesOf: Amount;
  spent: Amount;
  spentOf: Amount;
  /** Coupons are issued, not used. */
  issued?: boolean;
}

/** How much of its limits an offer has used up. */
export function UsePanel({ uses, usesOf, spent, spentOf, issued }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (usesOf == null && spentOf == null) return null;
  return (
    <Panel title={t(issued ? "coupons.issuedOf" : "offers.used")}>
      {usesOf != null && (
        <Bar
          name={t(issued ? "coupons.stock" : "offers.uses")}
          part={uses ?? 0}
          whole={usesOf}
          show={(value) => format.number(value)}
        />
      )}
      {spentOf != null && (
        <Bar
          name={t("offers.budget")}
          part={spent ?? 0}
          whole={spentOf}
          show={(value) => format.money(value)}
        />
      )}
    </Panel>
  );
}

interface BarProps {
  name: string;
  part: number;
  whole: number;
  show: (value: number) => ReactNode;
}

function Bar({ name, part, whole, show }: BarProps) {
  return (
    <div>
      <div className="spread">
        <span className="muted">{name}</span>
        <span className="num">
          {show(part)} / {show(whole)}
        </span>
      </div>
      <Progress
        percent={whole > 0 ? Math.min(100, (part / whole) * 100) : 0}
        showInfo={false}
        size="small"
        aria-label={name}
      />
    </div>
  );
}
