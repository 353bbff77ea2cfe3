import {
  BarcodeOutlined,
  CreditCardOutlined,
  DollarOutlined,
  GiftOutlined,
  InboxOutlined,
  LockOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { KeyboardEvent, RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Product } from "../../api/types";
import { useFormat } from "../../parts/useFormat";
import styles from "./Prompt.module.css";
import type { Till } from "./useTill";

interface Props {
  till: Till;
  input: RefObject<HTMLInputElement | null>;
  suggestions: Product[];
  /** What the suggestions answer to. */
  searched: string;
  picked: number;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  disabled: boolean;
}

const ICON = {
  items: <BarcodeOutlined />,
  member: <UserOutlined />,
  offers: <GiftOutlined />,
  card: <CreditCardOutlined />,
  pin: <LockOutlined />,
  held: <InboxOutlined />,
  pay: <DollarOutlined />,
  waiting: <DollarOutlined />,
  done: <BarcodeOutlined />,
};

const INPUT_MODE: Partial<Record<keyof typeof ICON, "decimal" | "numeric">> = {
  pay: "decimal",
  card: "numeric",
  pin: "numeric",
};

function asked({ basket, cards, code }: Till): keyof typeof ICON {
  if (code.waiting) return "waiting";
  return basket.step === "card" && cards.number !== null ? "pin" : basket.step;
}

/** The one input. What it asks for follows the step of the sale. */
export function Prompt({ till, input, suggestions, picked, onKeyDown, disabled }: Props) {
  const { t } = useTranslation();
  const asks = asked(till);
  return (
    <div className={styles.prompt} data-step={asks}>
      <label className={styles.box}>
        {ICON[asks]}
        <input
          ref={input}
          // biome-ignore lint/a11y/noAutofocus: the whole page is worked from this box
          autoFocus
          value={till.text}
          disabled={disabled}
          onChange={(event) => till.type(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={disabled ? t("cashier.pickStore") : t(`cashier.ask.${asks}`)}
          aria-label={t(`cashier.ask.${asks}`)}
          type={asks === "pin" ? "password" : "text"}
          inputMode={INPUT_MODE[asks] ?? "text"}
          autoComplete={asks === "pin" ? "one-time-code" : "off"}
          autoCorrect="off"
          spellCheck={false}
          role="combobox"
          aria-expanded={suggestions.length > 0}
          aria-controls="suggestions"
          aria-activedescendant={picked >= 0 ? `suggestion-${picked}` : undefined}
        />
        {suggestions.length > 0 && <small>{t("cashier.find.pick")}</small>}
      </label>
      {till.note && (
        <p className={styles.note} data-good={till.note.good || undefined} role="alert">
          {till.note.words}
        </p>
      )}
      {till.lines.lost.map((wanted) => (
        <p key={wanted} className={styles.note} role="alert">
          {t("cashier.find.none", { text: wanted })} {t("cashier.find.noneHint")} <kbd>Esc</kbd>
        </p>
      ))}
      {suggestions.length > 0 && (
        <div className={styles.list} id="suggestions" role="listbox">
          {suggestions.map((product, index) => (
            <Suggestion
              key={product.id}
              id={`suggestion-${index}`}
              product={product}
              picked={index === picked}
              onPick={() => till.lines.pick(product)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function Suggestion(props: { id: string; product: Product; picked: boolean; onPick: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { product } = props;
  return (
    <button
      type="button"
      id={props.id}
      role="option"
      aria-selected={props.picked}
      tabIndex={-1}
      className={styles.option}
      onClick={props.onPick}
    >
      <span className={styles.name}>
        {product.name}
        <small>
          {[product.brand, product.sku, product.sold_by === "measure" && t("cashier.find.measure")]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
      <span className="num">
        {product.list_price_minor === null ? "—" : format.money(product.list_price_minor)}
      </span>
    </button>
  );
}
