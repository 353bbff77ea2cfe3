import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { MoneyInput } from "../../../parts/MoneyInput";
import { ProductSelect } from "../../../parts/ProductSelect";
import { useDrafting } from "./context";
import styles from "./draft.module.css";

/** Products and the prices that holders pay. */
export function PriceFields({ at }: { at: (string | number)[] }) {
  const { t } = useTranslation();
  const { products } = useDrafting();
  return (
    <Form.Item label={t("draft.benefit.prices")}>
      <Form.List name={at}>
        {(rows, { add, remove }) => (
          <div className={styles.rows}>
            {rows.map(({ key, name }) => (
              <div key={key} className={styles.row}>
                <Form.Item name={[name, "product_id"]}>
                  <ProductSelect known={products} placeholder={t("draft.benefit.product")} />
                </Form.Item>
                <Form.Item name={[name, "price_minor"]}>
                  <MoneyInput placeholder={t("draft.benefit.price")} />
                </Form.Item>
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t("draft.remove")}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add({})}>
              {t("draft.benefit.addPrice")}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
