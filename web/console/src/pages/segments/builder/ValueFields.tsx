import { DatePicker, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useProducts } from "../../../api/catalog";
import { useProgramme } from "../../../api/settings";
import { useStores } from "../../../api/stores";
import { useCan } from "../../../app/session";
import { CategoriesSelect } from "../../../parts/CategoriesSelect";
import { currencyDigits } from "../../../parts/format";
import { ProductsSelect } from "../../../parts/ProductsSelect";
import { StoresSelect } from "../../../parts/StoresSelect";
import { useFormat } from "../../../parts/useFormat";
import { WordsSelect } from "../../../parts/WordsSelect";
import styles from "./builder.module.css";
import { type CodeKind, isNumber, type ValueKind } from "./model/properties";
import { type Option, useCodeWords } from "./useTreeWords";

type Value = string | number;

const CODES = {
  gender: ["female", "male", "other"],
  status: ["active", "blocked"],
  channel: ["pos", "import", "console", "api"],
  stage: ["prospect", "new", "growing", "mature", "at_risk", "lost", "won_back"],
  grade: ["excited", "active", "idle", "dormant"],
  loyalty: ["high", "middle", "low"],
  price: ["low", "middle", "high"],
  hour: ["night", "morning", "midday", "afternoon", "evening"],
} as const satisfies Record<CodeKind, readonly string[]>;

const SCORES = [5, 4, 3, 2, 1];

interface ValuesProps {
  kind: ValueKind;
  /** Values to choose from, and where they are looked for as they are typed. */
  offered?: readonly Option[];
  onSearch?: ((typed: string) => void) | undefined;
  values: Value[];
  onChange: (values: Value[]) => void;
}

/** One or more values, chosen where they can be. */
export function ValuesField(props: ValuesProps) {
  return (
    <span className={styles.values}>
      <Values {...props} />
    </span>
  );
}

function Values({ kind, offered = [], onSearch, values, onChange }: ValuesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ids = values.map(String);
  switch (kind) {
    case "gender":
    case "status":
    case "channel":
    case "stage":
    case "grade":
    case "loyalty":
    case "price":
    case "hour":
      return <CodesField kind={kind} values={ids} onChange={onChange} />;
    case "tier":
      return <RanksField values={values} onChange={onChange} />;
    case "score":
      return (
        <Select<Value[]>
          mode="multiple"
          value={values}
          aria-label={t("builder.value")}
          options={SCORES.map((value) => ({ value, label: String(value) }))}
          onChange={onChange}
        />
      );
    case "month":
      return (
        <Select<Value[]>
          mode="multiple"
          value={values}
          aria-label={t("builder.value")}
          options={Array.from({ length: 12 }, (_, at) => ({
            value: at + 1,
            label: t("builder.month", { month: at + 1 }),
          }))}
          onChange={onChange}
        />
      );
    case "store":
      return <StoresField ids={ids} onChange={onChange} />;
    case "product":
      return <ProductsField ids={ids} onChange={onChange} />;
    case "category":
      return <CategoriesSelect value={ids} onChange={onChange} />;
    case "listed":
      return (
        <Select<string[]>
          mode="multiple"
          value={ids}
          aria-label={t("builder.value")}
          optionFilterProp="label"
          options={[...offered]}
          onChange={onChange}
        />
      );
    case "word":
      return (
        <WordsSelect
          value={ids}
          options={offered}
          onSearch={onSearch}
          onChange={onChange}
          placeholder={t("builder.value")}
        />
      );
    default: {
      const scale = scaleOf(kind, format.currency);
      return (
        <WordsSelect
          value={values.map((value) => String(Number(value) / scale))}
          placeholder={t("builder.value")}
          onChange={(words) =>
            onChange(words.map((word) => Math.round(Number(word) * scale)).filter(Number.isSafeInteger))
          }
        />
      );
    }
  }
}

function CodesField({
  kind,
  values,
  onChange,
}: {
  kind: CodeKind;
  values: string[];
  onChange: (values: string[]) => void;
}) {
  const { t } = useTranslation();
  const word = useCodeWords();
  const codes = [...new Set<string>([...CODES[kind], ...values])];
  return (
    <Select<string[]>
      mode="multiple"
      value={values}
      aria-label={t("builder.value")}
      options={codes.map((value) => ({ value, label: word(kind, value) }))}
      onChange={onChange}
    />
  );
}

/** Tiers by their rank, lowest first. */
function useRanks() {
  const format = useFormat();
  const programme = useProgramme(useCan()("programme.read"));
  return (programme.data?.tiers ?? [])
    .map(({ rank, name }) => ({ value: rank, label: format.text(name) }))
    .sort((one, other) => one.value - other.value);
}

function RanksField({ values, onChange }: { values: Value[]; onChange: (values: Value[]) => void }) {
  const { t } = useTranslation();
  const ranks = useRanks();
  return (
    <Select<Value[]>
      mode="multiple"
      value={values}
      aria-label={t("builder.value")}
      options={ranks}
      onChange={onChange}
    />
  );
}

function StoresField({ ids, onChange }: { ids: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const known = useStores({ limit: 1000 }, ids.length > 0 && can("stores.read")).data?.items ?? [];
  return <StoresSelect value={ids} known={known} onChange={onChange} placeholder={t("builder.value")} />;
}

const MOST = 200;

function ProductsField({ ids, onChange }: { ids: string[]; onChange: (ids: string[]) => void }) {
  const can = useCan();
  const asked = { id: [...ids].sort().slice(0, MOST), limit: MOST };
  const known = useProducts(asked, ids.length > 0 && can("catalog.read")).data?.items ?? [];
  return <ProductsSelect value={ids} known={known} onChange={onChange} />;
}

interface NumberProps {
  kind: ValueKind;
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** One number, in the unit that people say it in. */
export function NumberField({ kind, label, value, onChange }: NumberProps) {
  const format = useFormat();
  const ranks = useRanks();
  if (kind === "tier") {
    return (
      <Select<number>
        className={styles.number ?? ""}
        value={value}
        aria-label={label}
        popupMatchSelectWidth={false}
        options={ranks}
        onChange={onChange}
      />
    );
  }
  if (kind === "date") {
    return (
      <DatePicker
        value={value === null ? null : dayjs(String(value), "YYYYMMDD")}
        aria-label={label}
        onChange={(day: Dayjs | null) => onChange(day && Number(day.format("YYYYMMDD")))}
      />
    );
  }
  const scale = scaleOf(kind, format.currency);
  return (
    <InputNumber<number>
      className={styles.number ?? ""}
      value={value === null ? null : value / scale}
      {...(kind !== "decimal" && { precision: Math.log10(scale) })}
      controls={false}
      aria-label={label}
      {...(kind === "percent" && { suffix: "%" })}
      {...(kind === "money" && { prefix: <span className="muted small">{format.currency}</span> })}
      onChange={(typed) => onChange(typed === null ? null : Math.round(typed * scale))}
    />
  );
}

/** Minor units of a unit of money, thousandths of a piece; else 1. */
function scaleOf(kind: ValueKind, currency: string): number {
  if (kind === "quantity" || kind === "decimal") return 1_000;
  if (kind === "percent") return 100;
  return isNumber(kind) && kind === "money" ? 10 ** currencyDigits(currency) : 1;
}
