import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useShelf } from "../../../api/shelf";
import { TEMPLATES } from "../../../api/templates";
import { CountInput } from "../../../parts/CountInput";
import { useFormat } from "../../../parts/useFormat";
import styles from "./draft.module.css";

/** Which coupons are in the pack, and how many of each. */
export function PackFields({ at }: { at: (string | number)[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const templates = useShelf(TEMPLATES, { limit: 200 });
  const options = (templates.data?.items ?? []).map(({ id, name, code }) => ({
    value: id,
    label: format.text({ zh: name.zh ?? "", en: name.en ?? "" }) || code,
  }));
  return (
    <Form.Item label={t("draft.benefit.coupons")}>
      <Form.List name={at}>
        {(rows, { add, remove }) => (
          <div className={styles.rows}>
            {rows.map(({ key, name }) => (
              <div key={key} className={styles.row}>
                <Form.Item name={[name, "template_id"]}>
                  <Select
                    loading={templates.isFetching}
                    placeholder={t("draft.benefit.coupon")}
                    aria-label={t("draft.benefit.coupon")}
                    showSearch={{ optionFilterProp: "label" }}
                    options={options}
                  />
                </Form.Item>
                <Form.Item name={[name, "count"]}>
                  <CountInput placeholder={t("draft.benefit.count")} />
                </Form.Item>
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t("draft.remove")}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => add({ count: 1 })}>
              {t("draft.benefit.addCoupon")}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
