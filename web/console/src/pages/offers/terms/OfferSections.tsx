import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { FieldRow } from "../../../parts/FieldRow";
import { Panel } from "../../../parts/Panel";
import { EffectFields } from "./EffectFields";
import { FundingFields } from "./FundingFields";
import { GroupSelect } from "./GroupSelect";
import { LimitFields } from "./LimitFields";
import { ScopeFields } from "./ScopeFields";
import type { EffectKind } from "./values";
import { WhenFields } from "./WhenFields";
import { WhoFields } from "./WhoFields";

interface Props {
  /** Products and stores that are chosen already. */
  products: readonly { id: string; name: string }[];
  stores: readonly { id: string; code: string; name: string }[];
  /** What cannot change once it was published. */
  codeFixed: boolean;
  effectFixed: boolean;
}

/** Everything promotions and coupon templates share, section by section. */
export function OfferSections({ products, stores, codeFixed, effectFixed }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const kind = Form.useWatch<EffectKind | undefined>(["effect", "kind"], form);
  return (
    <>
      <Panel title={t("offer.section.basics")}>
        <BasicFields codeFixed={codeFixed} />
      </Panel>
      <Panel title={t("offer.section.effect")}>
        <EffectFields known={products} disabled={effectFixed} />
        {kind !== "bundle" && <ScopeFields at={["scope"]} label={t("offer.scope.title")} known={products} />}
      </Panel>
      <Panel title={t("offer.section.when")}>
        <WhenFields />
      </Panel>
      <Panel title={t("offer.section.who")}>
        <WhoFields stores={stores} />
      </Panel>
      <Panel title={t("offer.section.limits")}>
        <LimitFields />
      </Panel>
      <Panel title={t("offer.section.funding")}>
        <FundingFields />
      </Panel>
    </>
  );
}

function BasicFields({ codeFixed }: { codeFixed: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <NameFields />
      <FieldRow>
        <CodeField fixed={codeFixed} />
        <Form.Item name="group" label={t("offer.group")} tooltip={t("offer.groupHint")}>
          <GroupSelect />
        </Form.Item>
      </FieldRow>
    </>
  );
}

export function NameFields() {
  const { t } = useTranslation();
  return (
    <FieldRow>
      <Form.Item name={["name", "zh"]} label={t("offer.nameZh")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name={["name", "en"]} label={t("offer.nameEn")}>
        <Input maxLength={100} />
      </Form.Item>
    </FieldRow>
  );
}

export function CodeField({ fixed }: { fixed: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item name="code" label={t("offer.code")} tooltip={t("offer.codeHint")}>
      <Input disabled={fixed} maxLength={64} className="mono" />
    </Form.Item>
  );
}
