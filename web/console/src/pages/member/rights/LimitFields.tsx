import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";

/** The most somebody spends of the family's wallet. Empty: no limit. */
export function LimitFields() {
  const { t } = useTranslation();
  const none = t("rights.family.noLimits");
  return (
    <>
      <p className="muted small">{t("rights.family.limitsHint")}</p>
      <FieldRow>
        {(["points_day", "points_month"] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`rights.family.limit.${name}`)}>
            <CountInput min={0} empty={none} />
          </Form.Item>
        ))}
        {(["value_day_minor", "value_month_minor"] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`rights.family.limit.${name}`)}>
            <MoneyInput empty={none} />
          </Form.Item>
        ))}
      </FieldRow>
    </>
  );
}
