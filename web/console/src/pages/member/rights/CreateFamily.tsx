import { App, Checkbox, Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { createFamily, useFamilyAct } from "../../../api/families";
import type { NewFamily } from "../../../api/types";
import { showFieldProblems } from "../../../parts/formProblems";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { staysWhile } from "../../../parts/staysWhile";

/** A family card of which this member is the owner. */
export function CreateFamily({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Omit<NewFamily, "owner_id">>();
  const create = useFamilyAct(createFamily);
  return (
    <Modal
      open
      title={t("rights.family.createTitle")}
      okText={t("rights.family.create")}
      {...staysWhile(create.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Omit<NewFamily, "owner_id">>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ earns_to: "family", move_balance: true }}
        onFinish={(fields) =>
          create.mutate(
            { ...fields, owner_id: memberId },
            {
              onSuccess: () => {
                message.success(t("rights.family.created"));
                onClose();
              },
              onError: (error) => showFieldProblems(form, error),
            },
          )
        }
      >
        <ProblemAlert error={create.error} form={form} />
        <Form.Item
          name="name"
          label={t("rights.family.name")}
          rules={[{ required: true, whitespace: true, message: t("rights.family.nameNeeded") }]}
        >
          <Input maxLength={50} autoFocus />
        </Form.Item>
        <Form.Item name="earns_to" label={t("rights.family.earnsTo")}>
          <Radio.Group
            options={(["family", "person"] as const).map((value) => ({
              value,
              label: t(`rights.family.earns.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="move_balance" valuePropName="checked" style={{ marginBottom: 0 }}>
          <Checkbox>{t("rights.family.move")}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
