import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import {
  ATTRIBUTE_TYPES,
  type Attribute,
  type AttributeType,
  useChangeAttribute,
  useRegisterAttribute,
} from "../../api/attributes";
import { FieldRow } from "../../parts/FieldRow";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";

interface Fields {
  name: string;
  type: AttributeType;
  label: { zh?: string; en?: string };
  analysed: boolean;
  archived: boolean;
  choices: { value: string; label?: { zh?: string; en?: string } }[];
}

/** An attribute is registered, or what was decided about it is changed. */
export function AttributeDrawer({
  attribute,
  onClose,
}: {
  attribute: Attribute | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const type = Form.useWatch("type", form) ?? attribute?.type;
  const register = useRegisterAttribute();
  const change = useChangeAttribute();
  const submit = ({ name, type, label, analysed, archived, choices }: Fields) => {
    const body = {
      label: both(label),
      personal: !analysed,
      choices:
        type === "choice"
          ? (choices ?? []).map((each) => ({ value: each.value, label: both(each.label) }))
          : [],
    };
    const done = {
      onSuccess: () => {
        message.success(t("attributes.saved"));
        onClose();
      },
      onError: (error: unknown) => showFieldProblems(form, error),
    };
    if (attribute) change.mutate({ id: attribute.id, body: { ...body, archived } }, done);
    else register.mutate({ name: name.trim(), type, ...body }, done);
  };
  return (
    <FormDrawer
      title={t(attribute ? "attributes.edit" : "attributes.add")}
      form={form}
      submit={t("action.save")}
      busy={register.isPending || change.isPending}
      error={register.error ?? change.error}
      onClose={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={
          attribute
            ? { ...attribute, analysed: !attribute.personal }
            : { type: "text", analysed: true, archived: false, choices: [{ value: "" }] }
        }
        onFinish={submit}
      >
        <FieldRow least={150}>
          <Form.Item name={["label", "zh"]} label={t("attributes.zh")}>
            <Input maxLength={40} autoFocus />
          </Form.Item>
          <Form.Item name={["label", "en"]} label={t("attributes.en")}>
            <Input maxLength={40} />
          </Form.Item>
        </FieldRow>
        <Form.Item
          name="name"
          label={t("attributes.name")}
          extra={t("attributes.nameHint")}
          rules={[{ required: true, message: t("attributes.nameNeeded") }]}
        >
          <Input disabled={attribute !== null} maxLength={64} className="mono" />
        </Form.Item>
        <Form.Item name="type" label={t("attributes.type")} extra={t("attributes.typeHint")}>
          <Select
            disabled={attribute !== null}
            options={ATTRIBUTE_TYPES.map((value) => ({ value, label: t(`attributes.types.${value}`) }))}
          />
        </Form.Item>
        {type === "choice" && <ChoicesFields />}
        <Form.Item
          name="analysed"
          label={t("attributes.isAnalysed")}
          extra={t("attributes.personalHint")}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        {attribute && (
          <Form.Item
            name="archived"
            label={t("attributes.archived")}
            extra={t("attributes.archivedHint")}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        )}
      </Form>
    </FormDrawer>
  );
}

function ChoicesFields() {
  const { t } = useTranslation();
  return (
    <Form.Item label={t("attributes.choices")} extra={t("attributes.choicesHint")}>
      <Form.List name="choices">
        {(fields, { add, remove }, { errors }) => (
          <div style={{ display: "grid", gap: 6 }}>
            {fields.map(({ key, name }) => (
              <div key={key} style={{ display: "grid", gridTemplateColumns: "1fr 1fr 1fr auto", gap: 6 }}>
                <Form.Item
                  noStyle
                  name={[name, "value"]}
                  rules={[{ required: true, message: t("attributes.valueNeeded") }]}
                >
                  <Input placeholder={t("attributes.value")} maxLength={200} />
                </Form.Item>
                <Form.Item noStyle name={[name, "label", "zh"]}>
                  <Input placeholder="中文" maxLength={40} />
                </Form.Item>
                <Form.Item noStyle name={[name, "label", "en"]}>
                  <Input placeholder="English" maxLength={40} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t("attributes.removeChoice")}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <Button size="small" icon={<PlusOutlined />} onClick={() => add({ value: "" })}>
              {t("attributes.addChoice")}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

const both = (label: { zh?: string; en?: string } | undefined) => ({
  zh: label?.zh ?? "",
  en: label?.en ?? "",
});
