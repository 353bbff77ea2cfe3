import { Form, Radio, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MomentInput } from "../../../parts/MomentInput";
import { MoneyInput } from "../../../parts/MoneyInput";
import { Panel } from "../../../parts/Panel";
import { PercentInput } from "../../../parts/PercentInput";
import { FundingFields } from "../terms/FundingFields";
import { CodeField, NameFields } from "../terms/OfferSections";
import { PACKET_KINDS, type PacketValues, SPLITS } from "./values";

/** Everything a red packet campaign says, section by section. */
export function PacketSections({ fixed }: { fixed: boolean }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<PacketValues>();
  const kind = Form.useWatch("kind", form) ?? "activation";
  const none = t("offer.noLimit");
  return (
    <>
      <Panel title={t("offer.section.basics")}>
        <NameFields />
        <CodeField fixed={fixed} />
      </Panel>
      <Panel title={t("packets.section.gives")}>
        <Form.Item name="kind" label={t("packets.kindLabel")}>
          <Radio.Group
            disabled={fixed}
            options={PACKET_KINDS.map((value) => ({ value, label: t(`packets.kind.${value}`) }))}
          />
        </Form.Item>
        <AmountFields kind={kind} />
        {kind === "shared" && <SharedFields />}
        <Form.Item name="days" label={t("packets.days")}>
          <CountInput unit={t("coupons.days")} width={200} />
        </Form.Item>
      </Panel>
      <Panel title={t("packets.section.spend")}>
        <FieldRow>
          <Form.Item name={["caps", "from_minor"]} label={t("packets.from")}>
            <MoneyInput />
          </Form.Item>
          <Form.Item name={["caps", "order_minor"]} label={t("packets.mostOrder")}>
            <MoneyInput placeholder={none} />
          </Form.Item>
          <Form.Item name={["caps", "share_bps"]} label={t("packets.mostShare")}>
            <PercentInput />
          </Form.Item>
        </FieldRow>
      </Panel>
      <Panel title={t("packets.section.limits")}>
        <FieldRow>
          <Form.Item name="starts_at" label={t("offer.when.starts")}>
            <MomentInput placeholder={t("offer.when.atOnce")} />
          </Form.Item>
          <Form.Item name="ends_at" label={t("offer.when.ends")}>
            <MomentInput placeholder={t("offer.when.open")} />
          </Form.Item>
          <Form.Item name="budget_minor" label={t("offer.limits.budget")}>
            <MoneyInput placeholder={none} />
          </Form.Item>
          <Form.Item name="per_member" label={t("packets.perMember")}>
            <CountInput placeholder={none} />
          </Form.Item>
        </FieldRow>
      </Panel>
      <Panel title={t("offer.section.funding")}>
        <FundingFields />
      </Panel>
    </>
  );
}

function AmountFields({ kind }: { kind: NonNullable<PacketValues["kind"]> }) {
  const { t } = useTranslation();
  return (
    <FieldRow>
      {kind === "after_purchase" && (
        <Form.Item name={["amount", "share_bps"]} label={t("packets.share")} tooltip={t("packets.shareHint")}>
          <PercentInput placeholder={t("packets.drawn")} />
        </Form.Item>
      )}
      <Form.Item
        name={["amount", "low_minor"]}
        label={t(kind === "shared" ? "packets.lowAll" : "packets.low")}
      >
        <MoneyInput />
      </Form.Item>
      <Form.Item
        name={["amount", "high_minor"]}
        label={t(kind === "shared" ? "packets.highAll" : "packets.high")}
      >
        <MoneyInput />
      </Form.Item>
      {kind === "after_purchase" && (
        <Form.Item name="min_paid_minor" label={t("packets.minPaid")}>
          <MoneyInput />
        </Form.Item>
      )}
    </FieldRow>
  );
}

function SharedFields() {
  const { t } = useTranslation();
  return (
    <FieldRow>
      <Form.Item name="parts" label={t("packets.parts")}>
        <CountInput min={2} />
      </Form.Item>
      <Form.Item name="hours" label={t("packets.hours")}>
        <CountInput unit={t("packets.hour")} />
      </Form.Item>
      <Form.Item name="split" label={t("packets.splitLabel")}>
        <Segmented options={SPLITS.map((value) => ({ value, label: t(`packets.split.${value}`) }))} />
      </Form.Item>
    </FieldRow>
  );
}
