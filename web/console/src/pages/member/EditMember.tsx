import { App, Button, DatePicker, Drawer, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useChangeMember } from "../../api/members";
import type { Member, MemberPatch } from "../../api/types";
import { useCan } from "../../app/session";
import { showFieldProblems } from "../../parts/formProblems";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useLabel } from "../../parts/useLabel";
import { AttributeFields, type Values } from "./AttributeFields";

interface Fields extends Omit<MemberPatch, "birthday" | "attributes"> {
  birthday?: Dayjs | null;
  attributes?: Values;
}

const GENDERS = ["female", "male", "other"] as const;

/** Only what was touched is sent: a masked phone must not overwrite the real one. */
function changesOf(before: Member, fields: Fields): MemberPatch {
  const { birthday, attributes, ...rest } = fields;
  const after: Record<string, unknown> = { ...rest, birthday: birthday?.format("YYYY-MM-DD") ?? null };
  const changed = Object.entries(after)
    .map(([name, value]) => [name, value === "" || value === undefined ? null : value] as const)
    .filter(([name, value]) => value !== (before[name as keyof Member] ?? null));
  const said = Object.entries(attributes ?? {}).filter(
    ([name, value]) => (value ?? null) !== (before.attributes[name] ?? null),
  );
  const all = { ...before.attributes, ...Object.fromEntries(said) };
  return { ...Object.fromEntries(changed), ...(said.length > 0 && { attributes: all }) } as MemberPatch;
}

export function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const can = useCan();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useChangeMember(member.id);

  const submit = (fields: Fields) => {
    const changes = changesOf(member, fields);
    if (Object.keys(changes).length === 0) return onClose();
    change.mutate(changes, {
      onSuccess: () => {
        message.success(t("members.form.saved"));
        onClose();
      },
      onError: (error) => showFieldProblems(form, error),
    });
  };

  return (
    <Drawer
      open
      onClose={onClose}
      title={t("members.form.edit")}
      size={420}
      footer={
        <div className="cluster" style={{ justifyContent: "flex-end" }}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="primary" loading={change.isPending} onClick={form.submit}>
            {t("action.save")}
          </Button>
        </div>
      }
    >
      <ProblemAlert error={change.error} form={form} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ ...member, birthday: member.birthday ? dayjs(member.birthday) : null }}
      >
        <Form.Item name="name" label={t("members.form.name")}>
          <Input autoFocus />
        </Form.Item>
        {can("members.contact") && (
          <>
            <Form.Item name="phone" label={t("members.form.phone")}>
              <Input inputMode="tel" />
            </Form.Item>
            <Form.Item name="email" label={t("members.form.email")}>
              <Input inputMode="email" />
            </Form.Item>
          </>
        )}
        <Form.Item name="birthday" label={t("members.form.birthday")}>
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="gender" label={t("members.form.gender")}>
          <Select allowClear options={GENDERS.map((value) => ({ value, label: label("gender", value) }))} />
        </Form.Item>
        <AttributeFields />
      </Form>
    </Drawer>
  );
}
