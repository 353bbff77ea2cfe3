import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";

const CAPS = ["order", "day", "month", "ever"] as const;

/** The most a member earns. Empty: no limit. */
export function CapsFields({ at }: { at: string[] }) {
  const { t } = useTranslation();
  return (
    <FieldRow least={130}>
      {CAPS.map((cap) => (
        <Form.Item key={cap} name={[...at, cap]} label={t(`draft.caps.${cap}`)}>
          <CountInput min={0} empty={t("draft.noLimit")} />
        </Form.Item>
      ))}
    </FieldRow>
  );
}
