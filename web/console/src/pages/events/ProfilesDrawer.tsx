import { App, Form } from "antd";
import { useTranslation } from "react-i18next";
import { type EventSource, type Profiles, useChangeSource } from "../../api/events";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { ProfilesField } from "./ProfilesField";

/** What the source's traits do to members' fields. */
export function ProfilesDrawer({ source, onClose }: { source: EventSource; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ profiles: Profiles }>();
  const change = useChangeSource();
  const submit = ({ profiles }: { profiles: Profiles }) =>
    change.mutate(
      { id: source.id, profiles },
      {
        onSuccess: () => {
          message.success(t("events.saved"));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <FormDrawer
      title={t("events.profilesAsk", { name: source.name })}
      form={form}
      submit={t("action.save")}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
    >
      <Form form={form} layout="vertical" initialValues={{ profiles: source.profiles }} onFinish={submit}>
        <ProfilesField kind={source.kind} />
      </Form>
    </FormDrawer>
  );
}
