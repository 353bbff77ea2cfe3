import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { EffectForm } from "./EffectForm";
import { type EffectKind, ITEM_EFFECTS, ORDER_EFFECTS, STARTS } from "./values";

interface Props {
  known: readonly { id: string; name: string }[];
  disabled?: boolean;
}

/** What the offer does: the kind, and what that kind needs to know. */
export function EffectFields({ known, disabled }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const kind = Form.useWatch<EffectKind | undefined>(["effect", "kind"], form);
  const groups = [
    ["items", ITEM_EFFECTS],
    ["order", ORDER_EFFECTS],
  ] as const;
  return (
    <>
      <Form.Item name={["effect", "kind"]} label={t("offer.effect.kind")}>
        <Select
          disabled={disabled ?? false}
          options={groups.map(([group, kinds]) => ({
            label: t(`offer.effect.group.${group}`),
            options: kinds.map((value) => ({ value, label: t(`offer.effect.name.${value}`) })),
          }))}
          optionRender={({ label, value }) => (
            <span>
              {label}
              <br />
              <span className="muted small">{t(`offer.effect.hint.${value as EffectKind}`)}</span>
            </span>
          )}
          onChange={(picked: EffectKind) => form.setFieldValue("effect", { kind: picked, ...STARTS[picked] })}
        />
      </Form.Item>
      {kind && <EffectForm key={kind} kind={kind} known={known} />}
    </>
  );
}
