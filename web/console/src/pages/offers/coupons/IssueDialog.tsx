import { Alert, Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useIssue } from "../../../api/coupons";
import type { Issued, TemplateDetail } from "../../../api/types";
import { showFieldProblems } from "../../../parts/formProblems";
import { MemberSelect } from "../../../parts/MemberSelect";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";

interface Fields {
  whom: "some" | "everybody";
  member_ids?: string[];
  source: string;
}

interface Props {
  template: TemplateDetail;
  name: string;
  onClose: () => void;
}

/** Coupons for some members, or for all; then, who got one. */
export function IssueDialog({ template, name, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [form] = Form.useForm<Fields>();
  const [told, setTold] = useState<Issued | null>(null);
  const issue = useIssue(template.id);
  const whom = Form.useWatch("whom", form) ?? "some";
  const left = template.stock == null ? null : Math.max(0, template.stock - template.issued);
  const submit = ({ whom, member_ids, source }: Fields) =>
    issue.mutate(
      {
        ...(whom === "some" ? { member_ids: member_ids ?? [] } : {}),
        everybody: whom === "everybody",
        source,
      },
      { onSuccess: setTold, onError: (error) => showFieldProblems(form, error) },
    );
  return (
    <Modal
      open
      title={t("coupons.issue.title", { name })}
      okText={told ? t("action.close") : t("coupons.issue.do")}
      {...staysWhile(issue.isPending)}
      okButtonProps={{ danger: whom === "everybody" && !told }}
      cancelButtonProps={{ disabled: issue.isPending, style: told ? { display: "none" } : {} }}
      onOk={told ? onClose : form.submit}
      onCancel={onClose}
    >
      {told ? (
        <IssuedReport issued={told} />
      ) : (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ whom: "some", source: t("coupons.issue.sourceByHand") }}
          onFinish={submit}
        >
          <ProblemAlert error={issue.error} form={form} />
          <Form.Item name="whom">
            <Radio.Group
              options={(["some", "everybody"] as const).map((value) => ({
                value,
                label: t(`coupons.issue.${value}`),
              }))}
            />
          </Form.Item>
          {whom === "some" ? (
            <Form.Item
              name="member_ids"
              label={t("coupons.issue.members")}
              rules={[{ required: true, type: "array", min: 1, message: t("coupons.issue.membersNeeded") }]}
            >
              <MemberSelect />
            </Form.Item>
          ) : (
            <Alert
              type="warning"
              showIcon
              title={t("coupons.issue.everybodyHint")}
              style={{ marginBottom: 14 }}
            />
          )}
          <Form.Item name="source" label={t("coupons.issue.source")} tooltip={t("coupons.issue.sourceHint")}>
            <Input maxLength={64} />
          </Form.Item>
          {left !== null && (
            <p className="muted small num">
              {t("coupons.issue.left", { count: left, left: format.number(left) })}
            </p>
          )}
        </Form>
      )}
    </Modal>
  );
}

function IssuedReport({ issued }: { issued: Issued }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = (["issued", "already", "over_limit", "out_of_stock"] as const).filter(
    (name) => name === "issued" || issued[name] > 0,
  );
  return (
    <>
      {rows.map((name) => (
        <div key={name} className="spread" style={{ padding: "3px 0" }}>
          <span>{t(`coupons.issued.${name}`)}</span>
          <b className="num">{format.number(issued[name])}</b>
        </div>
      ))}
    </>
  );
}
