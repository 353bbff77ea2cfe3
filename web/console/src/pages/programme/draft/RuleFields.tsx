import { Checkbox, Form, Radio, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { MoneyInput } from "../../../parts/MoneyInput";
import { Definition } from "../../../parts/Panel";
import { StoresSelect } from "../../../parts/StoresSelect";
import { TimesInput } from "../../../parts/TimesInput";
import { useLabel } from "../../../parts/useLabel";
import { WordsSelect } from "../../../parts/WordsSelect";
import { ScopeFields } from "../../offers/terms/ScopeFields";
import { BIRTHDAYS, CHANNELS, WHO } from "../../offers/terms/values";
import { WhenFields } from "../../offers/terms/WhenFields";
import { CodesSelect } from "./CodesSelect";
import { useDrafting } from "./context";

const ASSETS = ["points", "growth"] as const;
const EFFECTS = {
  rate: { kind: "rate", amount: 1, per_minor: 100 },
  multiplier: { kind: "multiplier", bps: 20_000 },
  extra: { kind: "extra", amount: 100, from_minor: 0, per_piece: false },
} as const;
type Kind = keyof typeof EFFECTS;
type At = (string | number)[];

/** An earn rule: what it gives, on which goods, when, where and to whom. */
export function RuleFields({ at }: { at: At }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { products } = useDrafting();
  return (
    <>
      <Form.Item name={[...at, "asset"]} label={t("draft.rule.asset")}>
        <Segmented options={ASSETS.map((value) => ({ value, label: label("asset", value) }))} />
      </Form.Item>
      <EffectFields at={at} />
      <FieldRow>
        <Form.Item name={[...at, "order_cap"]} label={t("draft.rule.cap")}>
          <CountInput min={0} empty={t("draft.noLimit")} />
        </Form.Item>
        <Form.Item name={[...at, "stacks"]} valuePropName="checked" label=" " colon={false}>
          <Checkbox>
            {t("draft.rule.stacks")} <Definition text={t("draft.rule.stacksHint")} />
          </Checkbox>
        </Form.Item>
      </FieldRow>
      <ScopeFields at={[...at, "scope"]} label={t("draft.rule.goods")} known={products} />
      <h3>{t("draft.rule.when")}</h3>
      <WhenFields under={at} />
      <h3>{t("draft.rule.who")}</h3>
      <WhoFields at={[...at, "conditions"]} />
    </>
  );
}

function EffectFields({ at }: { at: At }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const of = [...at, "effect"];
  const kind = Form.useWatch<Kind | undefined>([...of, "kind"], form);
  return (
    <>
      <Form.Item name={[...of, "kind"]} label={t("draft.rule.kind")}>
        <Segmented
          block
          options={(Object.keys(EFFECTS) as Kind[]).map((value) => ({
            value,
            label: t(`draft.rule.kinds.${value}`),
          }))}
          onChange={(picked) => form.setFieldValue(of, EFFECTS[picked as Kind])}
        />
      </Form.Item>
      <FieldRow>
        {kind === "rate" && (
          <Form.Item name={[...of, "per_minor"]} label={t("draft.rule.per")}>
            <MoneyInput />
          </Form.Item>
        )}
        {(kind === "rate" || kind === "extra") && (
          <Form.Item name={[...of, "amount"]} label={t("draft.rule.amount")}>
            <CountInput />
          </Form.Item>
        )}
        {kind === "multiplier" && (
          <Form.Item name={[...of, "bps"]} label={t("draft.rule.times")}>
            <TimesInput />
          </Form.Item>
        )}
        {kind === "extra" && (
          <Form.Item name={[...of, "from_minor"]} label={t("draft.rule.from")}>
            <MoneyInput />
          </Form.Item>
        )}
        {kind === "extra" && (
          <Form.Item name={[...of, "per_piece"]} valuePropName="checked" label=" " colon={false}>
            <Checkbox>{t("draft.rule.perPiece")}</Checkbox>
          </Form.Item>
        )}
      </FieldRow>
    </>
  );
}

function WhoFields({ at }: { at: At }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { stores } = useDrafting();
  const who = [...at, "audience"];
  return (
    <>
      <Form.Item name={[...who, "who"]} label={t("offer.who.title")} initialValue="everybody">
        <Radio.Group options={WHO.map((value) => ({ value, label: t(`offer.who.${value}`) }))} />
      </Form.Item>
      <FieldRow least={220}>
        <Form.Item name={[...who, "tiers"]} label={t("offer.who.tiers")}>
          <CodesSelect of="tiers" placeholder={t("offer.who.allTiers")} />
        </Form.Item>
        <Form.Item name={[...who, "plans"]} label={t("draft.rule.plans")}>
          <CodesSelect of="plans" placeholder={t("draft.rule.anyPlan")} />
        </Form.Item>
        <Form.Item name={[...who, "tags"]} label={t("offer.who.tags")}>
          <WordsSelect placeholder={t("offer.who.anyTag")} />
        </Form.Item>
        <Form.Item name={[...who, "birthday"]} label={t("offer.who.birthday")}>
          <Select
            allowClear
            placeholder={t("offer.who.noBirthday")}
            options={BIRTHDAYS.map((value) => ({ value, label: t(`offer.who.birthdays.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name={[...at, "stores"]} label={t("offer.where.stores")}>
          <StoresSelect known={stores} placeholder={t("offer.where.allStores")} />
        </Form.Item>
        <Form.Item name={[...at, "channels"]} label={t("offer.where.channels")}>
          <Select
            mode="multiple"
            placeholder={t("offer.where.allChannels")}
            options={CHANNELS.map((value) => ({ value, label: label("channel", value) }))}
          />
        </Form.Item>
      </FieldRow>
    </>
  );
}
