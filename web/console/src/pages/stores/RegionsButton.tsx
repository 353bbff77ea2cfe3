import { Button, Form, Input, Popover, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useAddRegion, useRegions } from "../../api/stores";
import { showFieldProblems } from "../../parts/formProblems";
import { ProblemAlert } from "../../parts/ProblemAlert";

/** The regions that stores are grouped by: few and flat, so a small box does. */
export function RegionsButton() {
  const { t } = useTranslation();
  return (
    <Popover trigger="click" placement="bottomRight" title={t("stores.regions")} content={<Regions />}>
      <Button>{t("stores.regions")}</Button>
    </Popover>
  );
}

function Regions() {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ name: string }>();
  const regions = useRegions();
  const add = useAddRegion();
  return (
    <div style={{ width: 300 }}>
      <p className="cluster">
        {regions.data?.items.map(({ id, name }) => (
          <Tag key={id}>{name}</Tag>
        ))}
        {regions.data?.items.length === 0 && <span className="muted">{t("stores.noRegions")}</span>}
      </p>
      <ProblemAlert error={add.error} form={form} />
      <Form
        form={form}
        layout="inline"
        onFinish={(values) =>
          add.mutate(values, {
            onSuccess: () => form.resetFields(),
            onError: (error) => showFieldProblems(form, error),
          })
        }
      >
        <Form.Item name="name" rules={[{ required: true, message: t("form.required") }]} style={{ flex: 1 }}>
          <Input placeholder={t("stores.regionName")} aria-label={t("stores.regionName")} />
        </Form.Item>
        <Button htmlType="submit" loading={add.isPending}>
          {t("action.add")}
        </Button>
      </Form>
    </div>
  );
}
