import { Button, Input, Space as Row, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PolicyBody, SPACES, type Space } from "../../../api/identity";
import { useLabel } from "../../../parts/useLabel";
import styles from "./rules.module.css";

type Blocked = NonNullable<PolicyBody["blocked"]>;

interface Props {
  blocked: Blocked;
  /** What never links, for anybody. */
  everywhere: string[];
  may: boolean;
  onChange: (blocked: Blocked) => void;
}

/** Values that link nobody: the shop's own phone, say. */
export function BlockedValues({ blocked, everywhere, may, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const [space, setSpace] = useState<Space>("phone");
  const [value, setValue] = useState("");
  const typed = value.trim();
  const known = blocked.some((each) => each.space === space && each.value === typed);
  const add = () => {
    if (typed === "" || known) return;
    onChange([...blocked, { space, value: typed }]);
    setValue("");
  };
  return (
    <div className={styles.blocked}>
      {blocked.length > 0 ? (
        <div className="cluster">
          {blocked.map((each) => (
            <Tag
              key={`${each.space}:${each.value}`}
              closable={may && { "aria-label": t("action.remove") }}
              onClose={(event) => {
                event.preventDefault();
                onChange(blocked.filter((other) => other !== each));
              }}
            >
              <span className="muted">{label("namespace", each.space)}</span>{" "}
              <span className="num">{each.value}</span>
            </Tag>
          ))}
        </div>
      ) : (
        <p className="muted small">{t("identityRules.noneBlocked")}</p>
      )}
      {may && (
        <Row.Compact block>
          <Select<Space>
            value={space}
            onChange={setSpace}
            style={{ width: 132 }}
            aria-label={t("identityRules.blockedSpace")}
            options={SPACES.map((each) => ({ value: each, label: label("namespace", each) }))}
          />
          <Input
            value={value}
            maxLength={200}
            placeholder={t("identityRules.blockedValue")}
            aria-label={t("identityRules.blockedValue")}
            onChange={({ target }) => setValue(target.value)}
            onPressEnter={add}
          />
          <Button onClick={add} disabled={typed === "" || known}>
            {t("identityRules.block")}
          </Button>
        </Row.Compact>
      )}
      <details className="small muted">
        <summary>{t("identityRules.everywhere", { count: everywhere.length })}</summary>
        <p className="mono">{everywhere.join("  ")}</p>
      </details>
    </div>
  );
}
