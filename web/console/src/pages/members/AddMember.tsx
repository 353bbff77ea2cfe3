import { App, Button, Checkbox, DatePicker, Drawer, Form, Input, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useAddMember } from "../../api/members";
import type { NewMember } from "../../api/types";
import { showFieldProblems } from "../../parts/formProblems";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { StoreSelect } from "../../parts/StoreSelect";
import { useLabel } from "../../parts/useLabel";

interface Fields extends Omit<NewMember, "birthday" | "consent" | "channel"> {
  birthday?: Dayjs;
  terms?: boolean;
  marketing?: boolean;
}

const GENDERS = ["female", "male", "other"] as const;

function bodyOf({ birthday, terms, marketing, ...rest }: Fields): NewMember {
  const filled = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && value !== ""),
  );
  return {
    ...filled,
    channel: "console",
    consent: { terms: terms === true, marketing: marketing === true },
    ...(birthday && { birthday: birthday.format("YYYY-MM-DD") }),
  } as NewMember;
}

export function AddMember({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const add = useAddMember();

  const submit = (values: Fields) =>
    add.mutate(bodyOf(values), {
      onSuccess: (member) => {
        message.success(t("members.form.added"));
        form.resetFields();
        onClose();
        navigate(`/members/${member.id}`);
      },
      onError: (error) => showFieldProblems(form, error),
    });

  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t("members.add")}
      size={420}
      footer={
        <div className="cluster" style={{ justifyContent: "flex-end" }}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="primary" loading={add.isPending} onClick={form.submit}>
            {t("action.add")}
          </Button>
        </div>
      }
    >
      <ProblemAlert error={add.error} form={form} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="phone"
          label={t("members.form.phone")}
          dependencies={["card"]}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, phone?: string) =>
                phone || getFieldValue("card")
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("members.form.identifierNeeded"))),
            }),
          ]}
        >
          <Input autoFocus inputMode="tel" autoComplete="off" />
        </Form.Item>
        <Form.Item name="card" label={t("members.form.card")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t("members.form.name")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={t("members.form.email")}>
          <Input inputMode="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="birthday" label={t("members.form.birthday")}>
          <DatePicker style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="gender" label={t("members.form.gender")}>
          <Select allowClear options={GENDERS.map((value) => ({ value, label: label("gender", value) }))} />
        </Form.Item>
        <Form.Item name="join_store_id" label={t("members.form.store")}>
          <StoreSelect width="100%" />
        </Form.Item>
        <Form.Item
          name="terms"
          valuePropName="checked"
          rules={[
            {
              validator: (_, agreed?: boolean) =>
                agreed ? Promise.resolve() : Promise.reject(new Error(t("members.form.termsNeeded"))),
            },
          ]}
          style={{ marginBottom: 4 }}
        >
          <Checkbox>{t("members.form.terms")}</Checkbox>
        </Form.Item>
        <Form.Item name="marketing" valuePropName="checked">
          <Checkbox>{t("members.form.marketing")}</Checkbox>
        </Form.Item>
      </Form>
    </Drawer>
  );
}
