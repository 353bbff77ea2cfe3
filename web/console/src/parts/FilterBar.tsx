import { FilterOutlined } from "@ant-design/icons";
import { Badge, Button, Drawer } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./FilterBar.module.css";
import { usePhone } from "./usePhone";

interface Props {
  /** Always in sight, also on a phone. */
  search?: ReactNode;
  children?: ReactNode;
  tools?: ReactNode;
  /** How many filters are set. */
  active: number;
  onClear: () => void;
}

/** Filters in a row above a list; on a phone, behind one button. */
export function FilterBar({ search, children, tools, active, onClear }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const clear = active > 0 && (
    <Button type="link" size="small" onClick={onClear}>
      {t("action.clearFilters")}
    </Button>
  );
  if (!phone) {
    return (
      <search className={styles.bar}>
        <div className={styles.filters}>
          {search}
          {children}
          {clear}
        </div>
        <div className={styles.tools}>{tools}</div>
      </search>
    );
  }
  return (
    <search className={styles.phone}>
      <div className={styles.grow}>{search}</div>
      {children && (
        <Badge count={active} size="small">
          <Button icon={<FilterOutlined />} onClick={() => setOpen(true)} aria-label={t("action.filter")} />
        </Badge>
      )}
      {tools}
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="auto"
        title={t("action.filter")}
        extra={clear}
        footer={
          <Button type="primary" block onClick={() => setOpen(false)}>
            {t("action.show")}
          </Button>
        }
      >
        <div className={styles.stack}>{children}</div>
      </Drawer>
    </search>
  );
}
