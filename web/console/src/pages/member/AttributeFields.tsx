import { DatePicker, Form, Input, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { type Attribute, useRegistered } from "../../api/attributes";
import type { Member } from "../../api/types";
import { useFormat } from "../../parts/useFormat";

export type Values = Member["attributes"];

/** A field for each registered attribute. */
export function AttributeFields() {
  const format = useFormat();
  return [...useRegistered().values()].map((attribute) => (
    <Form.Item key={attribute.id} name={["attributes", attribute.name]} label={format.text(attribute.label)}>
      <AttributeInput attribute={attribute} />
    </Form.Item>
  ));
}

interface InputProps {
  attribute: Attribute;
  id?: string;
  value?: Values[string];
  onChange?: (value: Values[string]) => void;
}

function AttributeInput({ attribute, id, value = null, onChange }: InputProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const field = id === undefined ? {} : { id };
  switch (attribute.type) {
    case "number":
      return (
        <InputNumber<number>
          {...field}
          precision={0}
          controls={false}
          style={{ width: "100%" }}
          value={typeof value === "number" ? value : null}
          onChange={(typed) => onChange?.(typed)}
        />
      );
    case "yes_no":
      return (
        <Select<string>
          {...field}
          allowClear
          value={typeof value === "boolean" ? (value ? "yes" : "no") : null}
          options={(["yes", "no"] as const).map((each) => ({
            value: each,
            label: t(`builder.yesNo.${each}`),
          }))}
          onChange={(chosen: string | undefined) => onChange?.(chosen ? chosen === "yes" : null)}
        />
      );
    case "date":
      return (
        <DatePicker
          {...field}
          style={{ width: "100%" }}
          value={typeof value === "string" ? dayjs(value) : null}
          onChange={(day: Dayjs | null) => onChange?.(day?.format("YYYY-MM-DD") ?? null)}
        />
      );
    case "choice":
      return (
        <Select<string>
          {...field}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          value={typeof value === "string" ? value : null}
          options={attribute.choices.map((each) => ({ value: each.value, label: format.text(each.label) }))}
          onChange={(chosen: string | undefined) => onChange?.(chosen ?? null)}
        />
      );
    case "text":
      return (
        <Input
          {...field}
          maxLength={200}
          value={typeof value === "string" ? value : ""}
          onChange={({ target }) => onChange?.(target.value || null)}
        />
      );
  }
}
