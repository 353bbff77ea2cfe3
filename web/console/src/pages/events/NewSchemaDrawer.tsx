import { Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EVENT_TYPES, type NewSchema, type SchemaBody, useDeclareSchema } from "../../api/events";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { SchemaFields } from "./SchemaFields";

const NOTHING: SchemaBody = { mode: "enforced", properties: {}, others: true };
const NAMED = ["track", "page", "screen"] as const satisfies NewSchema["type"][];

/** What an event has to say that nobody has sent yet. */
export function NewSchemaDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Pick<NewSchema, "type" | "name">>();
  const [body, setBody] = useState(NOTHING);
  const declare = useDeclareSchema();
  const type = Form.useWatch("type", form) ?? "track";
  const named = (NAMED as readonly string[]).includes(type);
  return (
    <FormDrawer
      title={t("events.declare")}
      form={form}
      submit={t("action.add")}
      busy={declare.isPending}
      error={declare.error}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ type: "track" }}
        onFinish={({ name }) =>
          declare.mutate(
            { ...body, type, name: named ? (name ?? "").trim() : "" },
            { onSuccess: onClose, onError: (error) => showFieldProblems(form, error) },
          )
        }
      >
        <Form.Item name="type" label={t("events.type")}>
          <Select options={EVENT_TYPES.map((value) => ({ value, label: t(`events.types.${value}`) }))} />
        </Form.Item>
        {named && (
          <Form.Item
            name="name"
            label={t("events.name")}
            rules={
              type === "track" ? [{ required: true, whitespace: true, message: t("form.required") }] : []
            }
          >
            <Input autoComplete="off" maxLength={200} placeholder={t("events.declareName")} />
          </Form.Item>
        )}
      </Form>
      <SchemaFields schema={UNSEEN} body={body} may onChange={setBody} />
    </FormDrawer>
  );
}

const UNSEEN = { sightings: {}, seen: 0 };
