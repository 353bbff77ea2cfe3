import { App, Form, type FormInstance } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type Shelf, useSave, type Written } from "../../../api/shelf";
import { showFieldProblems } from "../../../parts/formProblems";

const clearErrors = (form: FormInstance) =>
  form.setFields(form.getFieldsError().map(({ name }) => ({ name, errors: [] })));

/** The form of an offer: what is typed, whether it is saved, and saving it. */
export interface OfferForm<Detail, Values> {
  form: FormInstance<Values>;
  dirty: boolean;
  touch: () => void;
  /** What stands after saving; null when it was refused. */
  submit: () => Promise<Detail | null>;
  busy: boolean;
  error: unknown;
}

export function useOfferForm<Row extends Written, Detail extends Row, Body, Values extends object>(
  shelf: Shelf<Row, Detail, Body>,
  before: Detail | null,
  bodyOf: (values: Values) => Body,
): OfferForm<Detail, Values> {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [dirty, setDirty] = useState(before === null);
  const save = useSave(shelf);

  async function submit(): Promise<Detail | null> {
    clearErrors(form);
    try {
      const saved = await save.mutateAsync({ before, body: bodyOf(form.getFieldsValue(true) as Values) });
      setDirty(false);
      message.success(t("offers.saved"));
      if (before === null) navigate(`${shelf.path}/${saved.id}`, { replace: true });
      return saved;
    } catch (error) {
      showFieldProblems(form, error);
      return null;
    }
  }

  return { form, dirty, touch: () => setDirty(true), submit, busy: save.isPending, error: save.error };
}
