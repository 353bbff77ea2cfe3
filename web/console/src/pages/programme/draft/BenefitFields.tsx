import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";
import { PercentInput } from "../../../parts/PercentInput";
import { TimesInput } from "../../../parts/TimesInput";
import { WordsSelect } from "../../../parts/WordsSelect";
import { ScopeFields } from "../../offers/terms/ScopeFields";
import { PERIODS } from "../../offers/terms/values";
import { CodesSelect } from "./CodesSelect";
import { useDrafting } from "./context";
import { PackFields } from "./PackFields";
import { PriceFields } from "./PriceFields";
import { TimingFields } from "./TimingFields";

const EFFECTS = {
  discount_rate: { kind: "discount_rate", off_bps: 500 },
  member_prices: { kind: "member_prices", prices: [{}] },
  exclusive_products: { kind: "exclusive_products", scope: {} },
  more_points: { kind: "more_points", bps: 20_000 },
  delivery_free: { kind: "delivery_free", from_minor: 0 },
  coupon_pack: { kind: "coupon_pack", coupons: [{ count: 1 }], timing: { occasion: "joining" } },
  partner_code: { kind: "partner_code", source: "imported", timing: { occasion: "joining" } },
  entitlement: { kind: "entitlement", service: "trial", count: 1, period: "month" },
  limited_purchase: { kind: "limited_purchase", scope: {}, pieces: 1, period: "month" },
} as const;
type Kind = keyof typeof EFFECTS;
const KINDS = Object.keys(EFFECTS) as Kind[];
const SERVICES = ["trial", "tasting", "service", "priority"] as const;
const SOURCES = ["imported", "issued"] as const;
type At = (string | number)[];

/** A benefit: what it gives, and who has it. */
export function BenefitFields({ at }: { at: At }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const of = [...at, "effect"];
  const kind = Form.useWatch<Kind | undefined>([...of, "kind"], form);
  return (
    <>
      <Form.Item name={[...of, "kind"]} label={t("draft.benefit.kind")}>
        <Select
          options={KINDS.map((value) => ({ value, label: t(`draft.benefit.kinds.${value}`) }))}
          onChange={(picked: Kind) => form.setFieldValue(of, EFFECTS[picked])}
        />
      </Form.Item>
      {kind && <EffectFields key={kind} of={of} kind={kind} />}
      <h3>{t("draft.benefit.holders")}</h3>
      <p className="muted small">{t("draft.benefit.holdersHint")}</p>
      <FieldRow least={220}>
        <Form.Item name={[...at, "holders", "tiers"]} label={t("draft.benefit.tiers")}>
          <CodesSelect of="tiers" />
        </Form.Item>
        <Form.Item name={[...at, "holders", "plans"]} label={t("draft.benefit.plans")}>
          <CodesSelect of="plans" />
        </Form.Item>
      </FieldRow>
      <Form.Item name={[...at, "holders", "tags"]} label={t("draft.benefit.tags")}>
        <WordsSelect placeholder={t("offer.who.anyTag")} />
      </Form.Item>
    </>
  );
}

function EffectFields({ of, kind }: { of: At; kind: Kind }) {
  const { t } = useTranslation();
  const { products } = useDrafting();
  const scope = <ScopeFields at={[...of, "scope"]} label={t("draft.benefit.goods")} known={products} />;
  switch (kind) {
    case "discount_rate":
      return (
        <>
          <Form.Item name={[...of, "off_bps"]} label={t("draft.benefit.off")}>
            <PercentInput />
          </Form.Item>
          {scope}
        </>
      );
    case "member_prices":
      return <PriceFields at={[...of, "prices"]} />;
    case "exclusive_products":
      return scope;
    case "more_points":
      return (
        <Form.Item name={[...of, "bps"]} label={t("draft.benefit.times")}>
          <TimesInput />
        </Form.Item>
      );
    case "delivery_free":
      return (
        <Form.Item name={[...of, "from_minor"]} label={t("draft.benefit.from")}>
          <MoneyInput />
        </Form.Item>
      );
    case "coupon_pack":
      return (
        <>
          <PackFields at={[...of, "coupons"]} />
          <TimingFields at={[...of, "timing"]} />
        </>
      );
    case "partner_code":
      return (
        <>
          <Form.Item name={[...of, "source"]} label={t("draft.benefit.source")}>
            <Select
              options={SOURCES.map((value) => ({ value, label: t(`draft.benefit.sources.${value}`) }))}
            />
          </Form.Item>
          <TimingFields at={[...of, "timing"]} />
        </>
      );
    case "entitlement":
      return (
        <FieldRow least={140}>
          <Form.Item name={[...of, "service"]} label={t("draft.benefit.service")}>
            <Select
              options={SERVICES.map((value) => ({ value, label: t(`programme.say.service.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name={[...of, "count"]} label={t("draft.benefit.uses")}>
            <CountInput empty={t("draft.noLimit")} />
          </Form.Item>
          <PeriodField of={of} />
        </FieldRow>
      );
    case "limited_purchase":
      return (
        <>
          {scope}
          <FieldRow least={140}>
            <Form.Item name={[...of, "pieces"]} label={t("draft.benefit.pieces")}>
              <CountInput />
            </Form.Item>
            <PeriodField of={of} />
            <Form.Item name={[...of, "price_minor"]} label={t("draft.benefit.priceEach")}>
              <MoneyInput empty={t("draft.benefit.usualPrice")} />
            </Form.Item>
          </FieldRow>
        </>
      );
  }
}

function PeriodField({ of }: { of: At }) {
  const { t } = useTranslation();
  return (
    <Form.Item name={[...of, "period"]} label={t("draft.benefit.period")}>
      <Select options={PERIODS.map((value) => ({ value, label: t(`offer.limits.periods.${value}`) }))} />
    </Form.Item>
  );
}
