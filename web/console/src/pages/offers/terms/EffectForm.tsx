import { Form } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";
import { PercentInput } from "../../../parts/PercentInput";
import { BundleFields } from "./BundleFields";
import { GiftFields } from "./GiftFields";
import { MeasureFields } from "./MeasureFields";
import { ScopeFields } from "./ScopeFields";
import { StepsFields } from "./StepsFields";
import type { EffectKind } from "./values";

interface Props {
  kind: EffectKind;
  known: readonly { id: string; name: string }[];
}

const ONE_FIELD = ["effect"];

/** The fields of one kind of effect. */
export function EffectForm({ kind, known }: Props) {
  switch (kind) {
    case "unit_price":
      return (
        <FieldRow>
          <Field name="price_minor" of={<MoneyInput />} />
          <Field name="max_quantity" of={<CountInput />} optional />
        </FieldRow>
      );
    case "item_percent":
      return (
        <FieldRow>
          <Field name="off_bps" of={<PercentInput />} />
          <Field name="max_quantity" of={<CountInput />} optional />
        </FieldRow>
      );
    case "item_amount":
      return (
        <FieldRow>
          <Field name="off_minor" of={<MoneyInput />} />
          <Field name="max_quantity" of={<CountInput />} optional />
        </FieldRow>
      );
    case "n_for_m":
      return (
        <FieldRow least={130}>
          <Field name="take" of={<CountInput />} />
          <Field name="pay" of={<CountInput />} />
          <Field name="max_sets" of={<CountInput />} optional />
        </FieldRow>
      );
    case "nth_item":
      return (
        <FieldRow least={130}>
          <Field name="nth" of={<CountInput />} />
          <Field name="off_bps" of={<PercentInput />} />
          <Field name="max_sets" of={<CountInput />} optional />
        </FieldRow>
      );
    case "buy_get":
      return <BuyGetFields known={known} />;
    case "bundle":
      return (
        <>
          <BundleFields known={known} />
          <FieldRow>
            <Field name="price_minor" label="bundle_price" of={<MoneyInput />} />
            <Field name="max_sets" of={<CountInput />} optional />
          </FieldRow>
        </>
      );
    case "threshold":
    case "order_percent":
      return <StepsFields kind={kind} />;
    case "gift":
      return <GiftFields known={known} />;
    case "free_delivery":
      return <MeasureFields at={[...ONE_FIELD, "at"]} />;
  }
}

function BuyGetFields({ known }: Pick<Props, "known">) {
  const { t } = useTranslation();
  return (
    <>
      <FieldRow least={130}>
        <Field name="buy" of={<CountInput />} />
        <Field name="get" of={<CountInput />} />
        <Field name="off_bps" label="get_off" of={<PercentInput />} />
        <Field name="max_sets" of={<CountInput />} optional />
      </FieldRow>
      <ScopeFields at={["effect", "get_scope"]} label={t("offer.effect.getScope")} known={known} />
    </>
  );
}

type FieldName = "price_minor" | "max_quantity" | "off_bps" | "off_minor" | "take" | "pay" | "nth";
type MoreNames = "max_sets" | "buy" | "get";

interface FieldProps {
  name: FieldName | MoreNames;
  label?: "bundle_price" | "get_off";
  of: ReactNode;
  optional?: boolean;
}

function Field({ name, label, of, optional }: FieldProps) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={["effect", name]}
      label={t(`offer.effect.field.${label ?? name}`)}
      {...(optional && { tooltip: t("offer.noLimitHint") })}
    >
      {of}
    </Form.Item>
  );
}
