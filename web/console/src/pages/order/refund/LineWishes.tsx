import { Button, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Order, OrderLine } from "../../../api/types";
import { MoneyInput } from "../../../parts/MoneyInput";
import { useFormat } from "../../../parts/useFormat";
import styles from "./refund.module.css";
import { type Left, type LineWish, leftOf, NOTHING } from "./wanted";

interface Props {
  order: Order;
  wishes: Record<number, LineWish>;
  onChange: (wishes: Record<number, LineWish>) => void;
}

/** For each line that has something left: how much of it comes back. */
export function LineWishes({ order, wishes, onChange }: Props) {
  const rows = order.lines.map((line) => ({ line, left: leftOf(order, line) }));
  return (
    <ul className={styles.lines}>
      {rows
        .filter(({ left }) => left.quantity > 0 || left.paid_minor > 0)
        .map(({ line, left }) => (
          <Row
            key={line.line_no}
            line={line}
            left={left}
            wish={wishes[line.line_no] ?? NOTHING}
            onChange={(wish) => onChange({ ...wishes, [line.line_no]: wish })}
          />
        ))}
    </ul>
  );
}

interface RowProps {
  line: OrderLine;
  left: Left;
  wish: LineWish;
  onChange: (wish: LineWish) => void;
}

function Row({ line, left, wish, onChange }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const whole = Number.isInteger(Number(line.quantity));
  return (
    <li>
      <span className={styles.name}>
        {line.name}
        <small className="muted num">
          {t("refund.left", {
            quantity: format.quantity(String(left.quantity)),
            amount: format.money(left.paid_minor),
          })}
        </small>
      </span>
      <Select
        size="small"
        variant="borderless"
        value={wish.by}
        aria-label={t("refund.by.label")}
        options={(["quantity", "amount"] as const).map((value) => ({
          value,
          label: t(`refund.by.${value}`),
        }))}
        onChange={(by) => onChange({ ...NOTHING, by })}
      />
      {wish.by === "quantity" ? (
        <span className="cluster">
          <InputNumber<number>
            size="small"
            min={0}
            max={left.quantity}
            step={1}
            precision={whole ? 0 : 3}
            value={wish.quantity}
            aria-label={t("refund.quantityOf", { name: line.name })}
            style={{ width: 80 }}
            onChange={(quantity) => onChange({ ...wish, quantity: quantity ?? 0 })}
          />
          <Button
            size="small"
            type="link"
            style={{ padding: 0 }}
            onClick={() => onChange({ ...wish, quantity: left.quantity })}
          >
            {t("refund.whole")}
          </Button>
        </span>
      ) : (
        <MoneyInput
          value={wish.amount_minor || null}
          placeholder={t("refund.amountOf", { name: line.name })}
          width={120}
          onChange={(amount_minor) => onChange({ ...wish, amount_minor: amount_minor ?? 0 })}
        />
      )}
    </li>
  );
}
