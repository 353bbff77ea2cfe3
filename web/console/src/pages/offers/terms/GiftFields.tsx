import { Form, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { ProductSelect } from "../../../parts/ProductSelect";
import { MeasureFields } from "./MeasureFields";

/** A gift from a threshold on. */
export function GiftFields({ known }: { known: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  return (
    <>
      <MeasureFields at={["effect", "at"]} />
      <FieldRow>
        <Form.Item name={["effect", "product_id"]} label={t("offer.effect.field.product_id")}>
          <ProductSelect known={known} placeholder={t("pick.product")} />
        </Form.Item>
        <Form.Item name={["effect", "quantity"]} label={t("offer.effect.field.quantity")}>
          <CountInput unit={t("offer.pieces")} />
        </Form.Item>
      </FieldRow>
      <EveryField />
    </>
  );
}

/** Once, or for each multiple of the threshold. */
export function EveryField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={["effect", "every"]}
      label={t("offer.effect.field.every")}
      tooltip={t("offer.effect.everyHint")}
      valuePropName="checked"
      layout="horizontal"
      colon={false}
    >
      <Switch size="small" />
    </Form.Item>
  );
}
