import { App, Button, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type EventRetention, useRetention, useSetRetention } from "../../api/events";
import { useCan } from "../../app/session";
import { CountInput } from "../../parts/CountInput";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";

/** How long events are kept, in a line, and where to change it. */
export function Kept() {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const kept = useRetention().data;
  if (!kept) return <span />;
  return (
    <span className="muted small">
      {t("events.kept", { events: kept.events_days, quarantine: kept.quarantine_days })}
      {can("events.write") && (
        <Button size="small" type="link" onClick={() => setOpen(true)}>
          {t("events.changeKept")}
        </Button>
      )}
      {open && <KeptDrawer kept={kept} onClose={() => setOpen(false)} />}
    </span>
  );
}

function KeptDrawer({ kept, onClose }: { kept: EventRetention; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<EventRetention>();
  const set = useSetRetention();
  const needed = [{ required: true, message: t("form.required") }];
  const submit = (body: EventRetention) =>
    set.mutate(body, {
      onSuccess: () => {
        message.success(t("events.saved"));
        onClose();
      },
      onError: (error) => showFieldProblems(form, error),
    });
  return (
    <FormDrawer
      title={t("events.keptTitle")}
      form={form}
      submit={t("action.save")}
      busy={set.isPending}
      error={set.error}
      onClose={onClose}
    >
      <Form<EventRetention>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={kept}
        onFinish={submit}
      >
        <Form.Item
          name="events_days"
          label={t("events.keptEvents")}
          extra={t("events.keptHint")}
          rules={needed}
        >
          <CountInput min={2} unit={t("events.days")} />
        </Form.Item>
        <Form.Item name="quarantine_days" label={t("events.keptQuarantine")} rules={needed}>
          <CountInput unit={t("events.days")} />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
