import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type EventSource, type NewEventSource, useAddSource } from "../../api/events";
import { CountInput } from "../../parts/CountInput";
import { FieldRow } from "../../parts/FieldRow";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { ProfilesField } from "./ProfilesField";

const KINDS = ["web", "app", "server", "pos"] as const;

export function SourceDrawer({
  onClose,
  onAdded,
}: {
  onClose: () => void;
  onAdded: (source: EventSource) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<NewEventSource>();
  const add = useAddSource();
  const kind = Form.useWatch("kind", form) ?? "web";
  const submit = (body: NewEventSource) =>
    add.mutate(body, {
      onSuccess: (source) => {
        onClose();
        onAdded(source);
      },
      onError: (error) => showFieldProblems(form, error),
    });
  const needed = [{ required: true, message: t("form.required") }];
  return (
    <FormDrawer
      title={t("events.addSource")}
      form={form}
      submit={t("action.add")}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
    >
      <Form<NewEventSource>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: "web", per_second: 1000, late_days: 30, profiles: "fill" }}
        onFinish={submit}
      >
        <Form.Item name="name" label={t("events.sourceName")} rules={needed}>
          <Input autoFocus autoComplete="off" maxLength={100} placeholder={t("events.sourceNameHint")} />
        </Form.Item>
        <Form.Item name="kind" label={t("events.kind")} extra={t("events.kindHint")}>
          <Select
            onChange={() => {
              if (form.getFieldValue("profiles") === "overwrite") form.setFieldValue("profiles", "fill");
            }}
            options={KINDS.map((value) => ({ value, label: t(`events.kinds.${value}`) }))}
          />
        </Form.Item>
        <ProfilesField kind={kind} />
        <FieldRow least={160}>
          <Form.Item name="per_second" label={t("events.perSecond")} rules={needed}>
            <CountInput unit={t("events.messages")} />
          </Form.Item>
          <Form.Item name="late_days" label={t("events.lateDays")} rules={needed}>
            <CountInput unit={t("events.days")} />
          </Form.Item>
        </FieldRow>
      </Form>
    </FormDrawer>
  );
}
