import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { MoneyInput } from "../../../parts/MoneyInput";
import { PercentInput } from "../../../parts/PercentInput";
import { EveryField } from "./GiftFields";
import { MeasureField, useMeasure } from "./MeasureFields";
import styles from "./terms.module.css";

/** Steps of a threshold, lowest first: from so much on, so much off. */
export function StepsFields({ kind }: { kind: "threshold" | "order_percent" }) {
  const { t } = useTranslation();
  const measure = useMeasure();
  const every = Form.useWatch(["effect", "every"]) === true && kind === "threshold";
  return (
    <>
      <MeasureField />
      <Form.List name={["effect", "steps"]}>
        {(rows, { add, remove }, { errors }) => (
          <div className={styles.rows}>
            {rows.map(({ key, name }) => (
              <div key={key} className={styles.step}>
                <span className="muted">{t("offer.effect.from")}</span>
                <Form.Item name={[name, "at"]} noStyle={false} className={styles.tight ?? ""}>
                  {measure === "amount" ? (
                    <MoneyInput placeholder={t("offer.effect.field.at")} />
                  ) : (
                    <CountInput min={0} unit={t("offer.pieces")} placeholder={t("offer.effect.field.at")} />
                  )}
                </Form.Item>
                <span className="muted">{t("offer.effect.off")}</span>
                <Form.Item name={[name, "off"]} className={styles.tight ?? ""}>
                  {kind === "threshold" ? (
                    <MoneyInput placeholder={t("offer.effect.field.off_minor")} />
                  ) : (
                    <PercentInput placeholder={t("offer.effect.field.off_bps")} />
                  )}
                </Form.Item>
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  disabled={rows.length === 1}
                  aria-label={t("action.remove")}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            {!every && (
              <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add({})}>
                {t("offer.effect.addStep")}
              </Button>
            )}
          </div>
        )}
      </Form.List>
      {kind === "threshold" && <EveryField />}
    </>
  );
}
