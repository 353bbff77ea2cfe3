import { Alert, App, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useGroups, usePutGroup } from "../../../api/groups";
import type { StackingGroup } from "../../../api/types";
import { CountInput } from "../../../parts/CountInput";
import { FormDrawer } from "../../../parts/FormDrawer";
import { showFieldProblems } from "../../../parts/formProblems";
import { freshCode } from "../terms/body";
import { useGroupName } from "../terms/GroupSelect";
import { CodeField, NameFields } from "../terms/OfferSections";
import type { NameValue } from "../terms/values";
import { useGroupWords } from "./useGroupWords";

interface Fields {
  code: string;
  name: NameValue;
  at_most?: number | null;
  after?: string[];
  excludes?: string[];
}

const BUILT_IN = ["member_price", "tier", "default"] as const;

/** A group's name, and how its offers get along with each other and with other groups. */
export function GroupDrawer({ group, onClose }: { group: StackingGroup | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const put = usePutGroup();
  const groups = useGroups();
  const groupName = useGroupName();
  const words = useGroupWords();
  const values = Form.useWatch<Partial<Fields> | undefined>([], form) ?? group ?? {};
  const others = [...BUILT_IN, ...(groups.data?.items ?? []).map(({ code }) => code)];
  const options = [...new Set(others)]
    .filter((code) => code !== group?.code)
    .map((code) => ({ value: code, label: groupName(code) }));
  const submit = ({ code, name, at_most, after, excludes }: Fields) =>
    put.mutate(
      {
        code: code.trim(),
        body: {
          name: { zh: name.zh ?? "", en: name.en ?? "" },
          at_most: at_most ?? null,
          after: after ?? [],
          excludes: excludes ?? [],
        },
      },
      {
        onSuccess: () => {
          message.success(t("stacking.saved"));
          onClose();
        },
        onError: (error) => showFieldProblems(form, error),
      },
    );
  return (
    <FormDrawer
      title={t(group ? "stacking.edit" : "stacking.add")}
      form={form}
      submit={t("action.save")}
      busy={put.isPending}
      error={put.error}
      onClose={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={group ?? { code: freshCode("G"), at_most: 1 }}
        onFinish={submit}
      >
        <NameFields />
        <CodeField fixed={group !== null} />
        <Form.Item name="at_most" label={t("stacking.atMost")}>
          <CountInput placeholder={t("stacking.any")} />
        </Form.Item>
        <Form.Item name="after" label={t("stacking.after")}>
          <Select mode="multiple" options={options} />
        </Form.Item>
        <Form.Item name="excludes" label={t("stacking.excludes")}>
          <Select mode="multiple" options={options} />
        </Form.Item>
        <Alert
          type="info"
          title={words({
            at_most: values.at_most ?? null,
            after: values.after ?? [],
            excludes: values.excludes ?? [],
          })}
        />
      </Form>
    </FormDrawer>
  );
}
