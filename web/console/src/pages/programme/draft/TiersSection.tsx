import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { Panel } from "../../../parts/Panel";
import { PercentInput } from "../../../parts/PercentInput";
import { TimesInput } from "../../../parts/TimesInput";
import { useDrafting } from "./context";
import { newCode } from "./documents";
import styles from "./draft.module.css";

/** Any number of levels, the lowest first. */
export function TiersSection() {
  const { t } = useTranslation();
  const { onTouch } = useDrafting();
  return (
    <Panel title={t("programme.section.tiers")}>
      <p className="muted small">{t("draft.tier.hint")}</p>
      <Form.List name="tiers">
        {(rows, { add, remove }) => (
          <div className={styles.tiers}>
            {rows.map(({ key, name }, index) => (
              <div key={key} className={styles.tier}>
                <Form.Item name={[name, "name", "zh"]} label={t("draft.tier.zh")}>
                  <Input maxLength={100} />
                </Form.Item>
                <Form.Item name={[name, "name", "en"]} label={t("draft.tier.en")}>
                  <Input maxLength={100} />
                </Form.Item>
                <Form.Item name={[name, "threshold_growth"]} label={t("draft.tier.threshold")}>
                  <CountInput min={0} disabled={index === 0} />
                </Form.Item>
                <Form.Item name={[name, "discount_bps"]} label={t("draft.tier.discount")}>
                  <PercentInput />
                </Form.Item>
                <Form.Item name={[name, "points_multiplier_bps"]} label={t("draft.tier.multiplier")}>
                  <TimesInput />
                </Form.Item>
                <Button
                  type="text"
                  icon={<CloseOutlined />}
                  disabled={index === 0}
                  title={index === 0 ? t("draft.tier.removeHint") : t("draft.remove")}
                  aria-label={t("draft.remove")}
                  onClick={() => {
                    remove(name);
                    onTouch();
                  }}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<PlusOutlined />}
              onClick={() => {
                add({ code: newCode("tier"), discount_bps: 0, points_multiplier_bps: 10_000 });
                onTouch();
              }}
            >
              {t("draft.add.tiers")}
            </Button>
          </div>
        )}
      </Form.List>
    </Panel>
  );
}
