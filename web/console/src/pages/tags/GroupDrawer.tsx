import { App, Form, Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { type TagColour, type TagGroup, useSaveGroup } from "../../api/tags";
import { FieldRow } from "../../parts/FieldRow";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { ColourSelect } from "./ColourSelect";

interface Fields {
  name: { zh?: string; en?: string };
  colour: TagColour;
  exclusive: boolean;
}

export function GroupDrawer({ group, onClose }: { group: TagGroup | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const save = useSaveGroup();
  const submit = ({ name, colour, exclusive }: Fields) =>
    save.mutate(
      { id: group?.id ?? null, body: { name: { zh: name.zh ?? "", en: name.en ?? "" }, colour, exclusive } },
      {
        onSuccess: () => {
          message.success(t("tags.saved"));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <FormDrawer
      title={t(group ? "tags.editGroup" : "tags.addGroup")}
      form={form}
      submit={t("action.save")}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={group ?? { colour: "blue", exclusive: false }}
        onFinish={submit}
      >
        <TagNames />
        <Form.Item name="colour" label={t("tags.colour")}>
          <ColourSelect />
        </Form.Item>
        <Form.Item
          name="exclusive"
          label={t("tags.exclusive")}
          extra={t("tags.exclusiveHint")}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}

export function TagNames() {
  const { t } = useTranslation();
  return (
    <FieldRow least={160}>
      <Form.Item name={["name", "zh"]} label={t("tags.nameZh")}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name={["name", "en"]} label={t("tags.nameEn")}>
        <Input maxLength={40} />
      </Form.Item>
    </FieldRow>
  );
}
