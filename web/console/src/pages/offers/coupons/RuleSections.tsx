import { Form, Switch } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { Panel } from "../../../parts/Panel";
import { ValidityFields } from "./ValidityFields";

/** How coupons are handed out, how long they live, and when they come back. */
export function RuleSections() {
  const { t } = useTranslation();
  const none = t("offer.noLimit");
  return (
    <>
      <Panel title={t("coupons.section.issue")}>
        <FieldRow>
          <Form.Item name="stock" label={t("coupons.stock")} tooltip={t("coupons.stockHint")}>
            <CountInput placeholder={none} />
          </Form.Item>
          <Form.Item name="per_member" label={t("coupons.perMember")}>
            <CountInput placeholder={none} />
          </Form.Item>
        </FieldRow>
        <Toggle name="claimable" hint={t("coupons.claimableHint")}>
          {t("coupons.claimable")}
        </Toggle>
        <Toggle name="transferable" hint={t("coupons.transferableHint")}>
          {t("coupons.transferable")}
        </Toggle>
      </Panel>
      <Panel title={t("coupons.section.validity")}>
        <ValidityFields />
      </Panel>
      <Panel title={t("coupons.section.returns")}>
        <Toggle name={["returns", "on_cancel"]}>{t("coupons.returns.cancel")}</Toggle>
        <Toggle name={["returns", "on_full_refund"]}>{t("coupons.returns.full")}</Toggle>
        <Toggle name={["returns", "on_partial_refund"]}>{t("coupons.returns.partial")}</Toggle>
        <Form.Item
          name={["returns", "grace_days"]}
          label={t("coupons.returns.grace")}
          tooltip={t("coupons.returns.graceHint")}
        >
          <CountInput min={0} unit={t("coupons.days")} width={180} />
        </Form.Item>
      </Panel>
    </>
  );
}

function Toggle({ name, hint, children }: { name: string | string[]; hint?: string; children: ReactNode }) {
  return (
    <Form.Item
      name={name}
      label={children}
      layout="horizontal"
      colon={false}
      valuePropName="checked"
      {...(hint !== undefined && { tooltip: hint })}
    >
      <Switch size="small" />
    </Form.Item>
  );
}
