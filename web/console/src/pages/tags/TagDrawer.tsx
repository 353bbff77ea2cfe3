import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { type Tag, type TagColour, type TagGroup, useAddTag, useChangeTag } from "../../api/tags";
import { CountInput } from "../../parts/CountInput";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { ColourSelect } from "./ColourSelect";
import { TagNames } from "./GroupDrawer";

interface Fields {
  code: string;
  name: { zh?: string; en?: string };
  colour: TagColour | null;
  days: number | null;
}

export function TagDrawer({
  group,
  tag,
  onClose,
}: {
  group: TagGroup;
  tag: Tag | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const add = useAddTag();
  const change = useChangeTag();
  const submit = ({ code, name, colour, days }: Fields) => {
    const body = {
      name: { zh: name.zh ?? "", en: name.en ?? "" },
      colour: colour ?? null,
      days: days ?? null,
    };
    const done = {
      onSuccess: () => {
        message.success(t("tags.saved"));
        onClose();
      },
      onError: (error: unknown) => showFieldProblems(form, error),
    };
    if (tag) change.mutate({ id: tag.id, body }, done);
    else add.mutate({ group_id: group.id, code: code.trim(), ...body }, done);
  };
  return (
    <FormDrawer
      title={t(tag ? "tags.edit" : "tags.add")}
      form={form}
      submit={t("action.save")}
      busy={add.isPending || change.isPending}
      error={add.error ?? change.error}
      onClose={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={tag ?? { colour: null, days: null }}
        onFinish={submit}
      >
        <TagNames />
        <Form.Item
          name="code"
          label={t("tags.code")}
          extra={t("tags.codeHint")}
          rules={[{ required: true, message: t("tags.codeNeeded") }]}
        >
          <Input disabled={tag !== null} maxLength={64} className="mono" />
        </Form.Item>
        <Form.Item name="colour" label={t("tags.colour")}>
          <ColourSelect placeholder={t("tags.groupColour")} />
        </Form.Item>
        <Form.Item name="days" label={t("tags.days")} extra={t("tags.daysHint")}>
          <CountInput placeholder={t("tags.forGood")} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
