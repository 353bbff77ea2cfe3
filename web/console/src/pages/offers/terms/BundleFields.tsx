import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { CountInput } from "../../../parts/CountInput";
import { ScopeFields } from "./ScopeFields";
import styles from "./terms.module.css";

/** The parts of a set: so many pieces of these goods, and so many of those. */
export function BundleFields({ known }: { known: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  return (
    <Form.List name={["effect", "parts"]}>
      {(rows, { add, remove }, { errors }) => (
        <div className={styles.rows}>
          {rows.map(({ key, name }, index) => (
            <div key={key} className={styles.part}>
              <div className="spread">
                <strong className="small">{t("offer.effect.part", { number: index + 1 })}</strong>
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  disabled={rows.length === 1}
                  aria-label={t("action.remove")}
                  onClick={() => remove(name)}
                />
              </div>
              <Form.Item name={[name, "count"]} label={t("offer.effect.field.count")}>
                <CountInput unit={t("offer.pieces")} />
              </Form.Item>
              <ScopeFields
                at={[name, "scope"]}
                under={["effect", "parts"]}
                label={t("offer.effect.partScope")}
                known={known}
              />
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button
            type="dashed"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => add({ count: 1, scope: {} })}
          >
            {t("offer.effect.addPart")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
