import { App, Form } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type OrderSettings, useChangeOrderSettings } from "../../api/orderSettings";
import { showFieldProblems } from "../../parts/formProblems";

/** What is typed about orders, and whether it is saved. Only what differs is sent. */
export function useOrderForm(settings: OrderSettings) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<OrderSettings>();
  const change = useChangeOrderSettings();
  const [dirty, setDirty] = useState(false);
  const unsaved = useRef(false);

  function mark(differs: boolean) {
    unsaved.current = differs;
    setDirty(differs);
  }

  const touch = (_: unknown, typed: OrderSettings) =>
    mark(Object.keys(differing(settings, typed)).length > 0);

  function undo() {
    form.resetFields();
    change.reset();
    mark(false);
  }

  /** Whether what is typed is kept now. */
  async function submit(): Promise<boolean> {
    try {
      const typed = await form.validateFields();
      const now = await change.mutateAsync(differing(settings, typed));
      form.setFieldsValue(now);
      mark(false);
      message.success(t("settings.saved"));
      return true;
    } catch (error) {
      showFieldProblems(form, error);
      return false;
    }
  }
  return { form, change, dirty, unsaved, touch, submit, undo };
}

function differing(settings: OrderSettings, typed: Partial<OrderSettings>): Partial<OrderSettings> {
  const was = Object.entries(settings);
  return Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => was.some(([one, old]) => one === name && old !== value)),
  );
}
