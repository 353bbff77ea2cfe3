import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSaveSegment } from "../../api/segments";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { NameAndCode, newCode } from "./SegmentFields";

/** Where files of members are read. */
export const FILL = "/imports/new?kind=segment_members";

interface Fields {
  name: string;
  code: string;
}

/** A segment that files fill. */
export function NewList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const save = useSaveSegment();
  const submit = (fields: Fields) =>
    save.mutate(
      { before: undefined, body: { ...fields, kind: "upload", refresh: "once" } },
      { onSuccess: () => navigate(FILL), onError: (error) => showFieldProblems(form, error) },
    );
  return (
    <FormDrawer
      title={t("segments.list.title")}
      form={form}
      submit={t("segments.list.next")}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
    >
      <p className="muted">{t("segments.list.hint")}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ code: newCode() }}
        onFinish={submit}
      >
        <NameAndCode />
      </Form>
    </FormDrawer>
  );
}
