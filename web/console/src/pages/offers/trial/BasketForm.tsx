import { CloseOutlined } from "@ant-design/icons";
import { Button, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProducts } from "../../../api/catalog";
import type { Quote, QuoteLine } from "../../../api/types";
import { useCan } from "../../../app/session";
import { MemberSelect } from "../../../parts/MemberSelect";
import { Panel } from "../../../parts/Panel";
import { StoreSelect } from "../../../parts/StoreSelect";
import { useFormat } from "../../../parts/useFormat";
import styles from "./trial.module.css";
import type { Trial, TrialLine } from "./useTrial";

interface Props {
  trial: Trial;
  onChange: (part: Partial<Trial>) => void;
  priced: Quote | undefined;
}

/** Where, for whom, and what is in the basket. */
export function BasketForm({ trial, onChange, priced }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const { lines, member } = trial;
  const put = (at: number, quantity: number) =>
    onChange({ lines: lines.map((line, index) => (index === at ? { ...line, quantity } : line)) });
  return (
    <Panel title={t("trial.basket")} className={styles.basket}>
      <div className={styles.stack}>
        <StoreSelect
          value={trial.storeId ?? undefined}
          allowClear={false}
          placeholder={t("trial.store")}
          width="100%"
          onChange={(id) => onChange({ storeId: id ?? null })}
        />
        {can("members.read") && (
          <MemberSelect
            value={member ? [member.id] : []}
            known={member ? [member] : []}
            most={1}
            placeholder={t("trial.member")}
            onChange={(_, [picked]) => onChange({ member: picked ?? null })}
          />
        )}
        {member && (
          <span className="cluster" style={{ gap: 16 }}>
            <Toggle
              label={t("trial.usePoints")}
              on={trial.points}
              onChange={(points) => onChange({ points })}
            />
            <Toggle
              label={t("trial.useStored")}
              on={trial.stored}
              onChange={(stored) => onChange({ stored })}
            />
          </span>
        )}
      </div>
      <ul className={styles.lines}>
        {lines.map((line, index) => (
          <Line
            key={line.product.id}
            line={line}
            priced={priced?.lines.find(({ product_id }) => product_id === line.product.id)}
            onQuantity={(quantity) => put(index, quantity)}
            onRemove={() => onChange({ lines: lines.filter((_, at) => at !== index) })}
          />
        ))}
      </ul>
      <AddProduct
        onAdd={(product) => {
          const at = lines.findIndex((line) => line.product.id === product.id);
          if (at >= 0) put(at, (lines[at]?.quantity ?? 0) + 1);
          else onChange({ lines: [...lines, { product, quantity: 1 }] });
        }}
      />
    </Panel>
  );
}

function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
    <label className="cluster">
      <Switch size="small" checked={on} onChange={onChange} aria-label={label} />
      {label}
    </label>
  );
}

interface LineProps {
  line: TrialLine;
  priced: QuoteLine | undefined;
  onQuantity: (quantity: number) => void;
  onRemove: () => void;
}

function Line({ line, priced, onQuantity, onRemove }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reasons = priced?.adjustments.filter(({ amount_minor }) => amount_minor !== 0) ?? [];
  return (
    <li>
      <span className={styles.name}>
        {line.product.name}
        <small className="muted num">
          {format.money(priced?.unit_price_minor ?? line.product.list_price_minor ?? 0)}
        </small>
      </span>
      <InputNumber<number>
        size="small"
        min={0}
        max={9999}
        precision={line.product.sold_by === "measure" ? 3 : 0}
        value={line.quantity}
        aria-label={t("cashier.basket.quantity")}
        style={{ width: 72 }}
        onChange={(quantity) => onQuantity(quantity ?? 0)}
      />
      <span className={styles.amount}>
        {priced ? <b className="num">{format.money(priced.paid_minor)}</b> : <span className="muted">…</span>}
        {priced && priced.discount_minor > 0 && <s className="num">{format.money(priced.gross_minor)}</s>}
      </span>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t("cashier.basket.remove", { name: line.product.name })}
        onClick={onRemove}
      />
      {reasons.length > 0 && (
        <span className={styles.reasons}>
          {reasons.map(({ stage, rule, funder, party, reason, amount_minor }) => (
            <span key={`${stage} ${rule} ${funder} ${party}`}>
              {format.text(reason)} −{format.money(amount_minor)}
            </span>
          ))}
        </span>
      )}
    </li>
  );
}

function AddProduct({ onAdd }: { onAdd: (product: TrialLine["product"]) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useState("");
  const found = useProducts({ q: search || undefined, limit: 20 });
  const products = found.data?.items ?? [];
  return (
    <Select<string | null>
      value={null}
      style={{ width: "100%" }}
      placeholder={t("trial.addProduct")}
      aria-label={t("trial.addProduct")}
      showSearch={{ filterOption: false, onSearch: setSearch, searchValue: search }}
      loading={found.isFetching}
      options={products.map(({ id, name, list_price_minor }) => ({
        value: id,
        label: (
          <span className="spread">
            <span className="ellipsis">{name}</span>
            <span className="muted num">
              {list_price_minor === null ? "—" : format.money(list_price_minor)}
            </span>
          </span>
        ),
      }))}
      onSelect={(id) => {
        const product = products.find((one) => one.id === id);
        if (product) onAdd(product);
        setSearch("");
      }}
    />
  );
}
