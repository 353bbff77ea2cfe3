import { App, Form } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreviewDraft, useSaveDraft } from "../../../api/programme";
import type { Programme, ProgrammeDocument } from "../../../api/types";
import { useProblemWords } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { documentOf, formOf } from "./documents";
import { type Wrong, wrongIn, wrongOf } from "./problems";

/** The form of the draft: what is typed, whether it is saved, what is wrong with it, and what it would do. */
export function useDraft(programme: Programme) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const words = useProblemWords();
  const [form] = Form.useForm<ProgrammeDocument>();
  const [initial] = useState(() => formOf(programme.draft?.document ?? programme.document));
  const values = (Form.useWatch([], { form, preserve: true }) ?? initial) as ProgrammeDocument;
  const [dirty, setDirty] = useState(false);
  const unsaved = useRef(false);
  const [wrongs, setWrongs] = useState<readonly Wrong[]>(() =>
    wrongOf(programme.draft?.problems ?? [], format),
  );
  const save = useSaveDraft();
  const preview = usePreviewDraft();
  const document = () => documentOf({ ...initial, ...(form.getFieldsValue(true) as ProgrammeDocument) });

  function failed(error: unknown) {
    const found = wrongIn(error);
    setWrongs(found);
    if (found.length === 0) message.error(words(error).detail);
  }

  /** Nothing of it would be lost any more. */
  function settle() {
    unsaved.current = false;
    setDirty(false);
  }

  /** Whether what is typed is kept now. */
  async function submit(): Promise<boolean> {
    try {
      const saved = await save.mutateAsync(document());
      settle();
      setWrongs(wrongOf(saved.draft?.problems ?? [], format));
      message.success(t("draft.saved"));
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  }

  /** What it would do as it is typed. */
  const work = () =>
    preview.mutate(document(), {
      onSuccess: ({ problems }) => setWrongs(wrongOf(problems, format)),
      onError: failed,
    });

  const touch = () => {
    unsaved.current = true;
    setDirty(true);
    preview.reset();
  };
  return {
    form,
    initial,
    values,
    dirty,
    unsaved,
    settle,
    touch,
    wrongs,
    submit,
    saving: save.isPending,
    preview,
    work,
    document,
  };
}

export type Draft = ReturnType<typeof useDraft>;
