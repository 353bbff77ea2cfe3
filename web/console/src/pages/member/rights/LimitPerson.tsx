import { App, Form, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { limitPerson, useFamilyAct } from "../../../api/families";
import type { Family, FamilyLimits, FamilyPerson } from "../../../api/types";
import { showFieldProblems } from "../../../parts/formProblems";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { staysWhile } from "../../../parts/staysWhile";
import { LimitFields } from "./LimitFields";

interface Props {
  family: Family;
  person: FamilyPerson;
  onClose: () => void;
}

export function LimitPerson({ family, person, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<FamilyLimits>();
  const limit = useFamilyAct((limits: FamilyLimits) => limitPerson(family.id, person.member_id, limits));
  const { points_day, points_month, value_day_minor, value_month_minor } = person;
  return (
    <Modal
      open
      title={t("rights.family.limitsTitle", { name: person.name ?? person.number })}
      okText={t("action.save")}
      {...staysWhile(limit.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<FamilyLimits>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ points_day, points_month, value_day_minor, value_month_minor }}
        onFinish={(limits) =>
          limit.mutate(limits, {
            onSuccess: () => {
              message.success(t("rights.family.saved"));
              onClose();
            },
            onError: (error) => showFieldProblems(form, error),
          })
        }
      >
        <ProblemAlert error={limit.error} form={form} />
        <LimitFields />
      </Form>
    </Modal>
  );
}
