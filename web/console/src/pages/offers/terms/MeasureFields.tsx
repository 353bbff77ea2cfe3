import { Form, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";
import type { Measure } from "./values";

/** Whether money or pieces are counted. */
export function MeasureField() {
  const { t } = useTranslation();
  return (
    <Form.Item name={["effect", "measure"]} label={t("offer.effect.field.measure")}>
      <Segmented
        options={(["amount", "pieces"] as const).map((value) => ({
          value,
          label: t(`offer.effect.measure.${value}`),
        }))}
      />
    </Form.Item>
  );
}

export const useMeasure = (): Measure => Form.useWatch(["effect", "measure"]) ?? "amount";

interface Props {
  at: (string | number)[];
}

/** From how much on: an amount or a number of pieces. */
export function MeasureFields({ at }: Props) {
  const { t } = useTranslation();
  const measure = useMeasure();
  return (
    <FieldRow>
      <MeasureField />
      <Form.Item name={at} label={t("offer.effect.field.at")} tooltip={t("offer.effect.atHint")}>
        {measure === "amount" ? <MoneyInput /> : <CountInput min={0} unit={t("offer.pieces")} />}
      </Form.Item>
    </FieldRow>
  );
}
