import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { PercentInput } from "../../../parts/PercentInput";
import { useLabel } from "../../../parts/useLabel";
import styles from "./terms.module.css";
import { FUNDERS, type FundingValue } from "./values";

/** Who pays for the discount, and how much of it. */
export function FundingFields() {
  const { t } = useTranslation();
  const label = useLabel();
  const form = Form.useFormInstance();
  const shares = (Form.useWatch("funding", form) ?? []) as FundingValue[];
  const left = () => Math.max(0, 10_000 - shares.reduce((sum, share) => sum + (share?.bps ?? 0), 0));
  return (
    <Form.List name="funding">
      {(rows, { add, remove }, { errors }) => (
        <div className={styles.rows}>
          {rows.map(({ key, name }, index) => (
            <div key={key} className={styles.share}>
              <Form.Item name={[name, "funder"]} className={styles.tight ?? ""}>
                <Select
                  aria-label={t("offer.funding.who")}
                  options={FUNDERS.map((value) => ({ value, label: label("funder", value) }))}
                />
              </Form.Item>
              {shares[index]?.funder === "partner" && (
                <Form.Item name={[name, "party"]} className={`${styles.tight} ${styles.party}`}>
                  <Input placeholder={t("offer.funding.party")} aria-label={t("offer.funding.party")} />
                </Form.Item>
              )}
              <Form.Item name={[name, "bps"]} className={`${styles.tight} ${styles.rate}`}>
                <PercentInput placeholder={t("offer.funding.share")} />
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
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => add({ funder: "partner", bps: left() })}
          >
            {t("offer.funding.add")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
