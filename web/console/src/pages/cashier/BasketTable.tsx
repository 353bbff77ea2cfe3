import { CloseOutlined, MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { QuoteLine } from "../../api/types";
import { EmptyState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./BasketTable.module.css";
import type { BasketLine } from "./basket";
import { summed } from "./reasons";
import type { Till } from "./useTill";

export function BasketTable({ till }: { till: Till }) {
  const { t } = useTranslation();
  const { lines, chosen } = till.basket;
  if (lines.length === 0) {
    return (
      <div className={styles.empty}>
        <EmptyState title={t("cashier.basket.empty")} hint={t("cashier.basket.emptyHint")} />
      </div>
    );
  }
  return (
    <ol className={styles.lines}>
      {lines.map((line, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the basket is what a line is
          key={`${line.product.id}-${index}`}
          line={line}
          priced={till.fresh ? till.quote?.lines[index] : undefined}
          chosen={index === chosen}
          locked={till.locked}
          onChoose={() => till.lines.choose(index)}
          onStep={(by) => till.lines.step(index, by)}
          onRemove={() => till.lines.remove(index)}
        />
      ))}
    </ol>
  );
}

interface LineProps {
  line: BasketLine;
  priced: QuoteLine | undefined;
  chosen: boolean;
  locked: boolean;
  onChoose: () => void;
  onStep: (by: 1 | -1) => void;
  onRemove: () => void;
}

function Line({ line, priced, chosen, locked, onChoose, onStep, onRemove }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const item = useRef<HTMLLIElement>(null);
  const { product, quantity } = line;
  // Points are spent on the whole basket: said once, in the sums.
  const reasons = summed(priced?.adjustments.filter(({ stage }) => stage !== "points") ?? []).filter(
    ({ amount_minor }) => amount_minor > 0,
  );
  const byPiece = product.sold_by === "piece";
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys choose lines from the input
    <li ref={item} className={styles.line} aria-current={chosen} onClick={onChoose}>
      <span className={styles.name}>
        {product.name}
        <small className="num">
          {format.money(priced?.unit_price_minor ?? product.list_price_minor ?? 0)}{" "}
          {product.unit && ` / ${product.unit}`}
        </small>
      </span>
      <span className={styles.quantity}>
        {byPiece && (
          <Button
            size="small"
            icon={<MinusOutlined />}
            tabIndex={-1}
            disabled={locked}
            aria-label={t("cashier.basket.less", { name: product.name })}
            onClick={() => onStep(-1)}
          />
        )}
        <b className="num">
          {format.quantity(quantity)}
          {!byPiece && ` ${product.unit ?? ""}`}
        </b>
        {byPiece && (
          <Button
            size="small"
            icon={<PlusOutlined />}
            tabIndex={-1}
            disabled={locked}
            aria-label={t("cashier.basket.more", { name: product.name })}
            onClick={() => onStep(1)}
          />
        )}
      </span>
      <span className={styles.amount}>
        {priced ? <b className="num">{format.money(priced.paid_minor)}</b> : <span className="muted">…</span>}
        {priced && priced.discount_minor > 0 && <s className="num">{format.money(priced.gross_minor)}</s>}
      </span>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        tabIndex={-1}
        disabled={locked}
        aria-label={t("cashier.basket.remove", { name: product.name })}
        onClick={onRemove}
      />
      {reasons.length > 0 && (
        <span className={styles.reasons}>
          {reasons.map(({ key, reason, amount_minor }) => (
            <span key={key}>
              {format.text(reason)} −{format.money(amount_minor)}
            </span>
          ))}
        </span>
      )}
    </li>
  );
}
