import { TableOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { useTranslation } from "react-i18next";

interface Props<Name extends string> {
  all: readonly Name[];
  shown: readonly Name[];
  /** Always shown. */
  fixed: Name;
  title: (name: Name) => string;
  onChange: (shown: Name[]) => void;
}

export function ColumnChooser<Name extends string>({ all, shown, fixed, title, onChange }: Props<Name>) {
  const { t } = useTranslation();
  const boxes = (
    <div style={{ display: "grid", gap: 6 }}>
      {all.map((name) => (
        <Checkbox
          key={name}
          checked={shown.includes(name)}
          disabled={name === fixed}
          onChange={(event) =>
            onChange(all.filter((other) => (other === name ? event.target.checked : shown.includes(other))))
          }
        >
          {title(name)}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <Popover content={boxes} trigger="click" placement="bottomRight">
      <Button icon={<TableOutlined />} aria-label={t("action.columns")} title={t("action.columns")} />
    </Popover>
  );
}
