import { useTranslation } from "react-i18next";
import type { Refund } from "../../../api/types";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";

/** Instrument by instrument: money, stored value, red packets, points. */
export function GivenBack({ refund }: { refund: Refund }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const points = (value: number) => format.number(value);
  const rows: [key: string, name: string, amount: string][] = [
    ...refund.tenders.map(({ tender_no, kind, amount_minor }): [string, string, string] => [
      `tender ${tender_no} ${kind}`,
      label("tender", kind),
      format.money(amount_minor),
    ]),
    ...toWallets(refund).map(({ wallet_id, asset, amount }): [string, string, string] => [
      `${wallet_id} ${asset}`,
      label("asset", asset),
      format.money(amount),
    ]),
  ];
  if (refund.paid_out_minor > 0)
    rows.push(["paid out", t("refund.paidOut"), format.money(refund.paid_out_minor)]);
  const notes: [key: "returned" | "taken" | "owed" | "deducted" | "growth", amount: number, text: string][] =
    [
      ["returned", refund.points_returned, points(refund.points_returned)],
      ["taken", refund.points_taken_back, points(refund.points_taken_back)],
      ["owed", refund.points_owed, points(refund.points_owed)],
      ["growth", refund.growth_taken_back, points(refund.growth_taken_back)],
      ["deducted", refund.deducted_minor, format.money(refund.deducted_minor)],
    ];
  return (
    <dl style={{ margin: 0 }}>
      {rows.map(([key, name, amount]) => (
        <div key={key} className="spread">
          <dt>{name}</dt>
          <dd className="num" style={{ margin: 0 }}>
            {amount}
          </dd>
        </div>
      ))}
      {notes
        .filter(([, amount]) => amount !== 0)
        .map(([key, , text]) => (
          <div key={key} className="spread muted">
            <dt>{t(`refund.points.${key}`)}</dt>
            <dd className="num" style={{ margin: 0 }}>
              {text}
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** What wallets have of it: not what of the principal is handed over in cash instead. */
function toWallets(refund: Refund) {
  let inCash = refund.paid_out_minor;
  return refund.assets
    .filter(({ asset }) => asset !== "points")
    .map((back) => {
      const taken = back.asset === "stored_principal" ? Math.min(inCash, back.amount) : 0;
      inCash -= taken;
      return { ...back, amount: back.amount - taken };
    })
    .filter(({ amount }) => amount > 0);
}
