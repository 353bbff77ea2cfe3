import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Switch, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { type PolicyBody, SPACES, type Space } from "../../../api/identity";
import { CountInput } from "../../../parts/CountInput";
import { useLabel } from "../../../parts/useLabel";
import styles from "./rules.module.css";

type Rule = PolicyBody["spaces"][number];

interface Props {
  spaces: Rule[];
  may: boolean;
  onChange: (spaces: Rule[]) => void;
}

const WITHIN = ["ever", "month", "day"] as const;

/** What links people, strongest first, and how many of each one person may have. */
export function SpaceList({ spaces, may, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const unused = SPACES.filter((space) => !spaces.some((rule) => rule.space === space));
  const put = (at: number, rule: Rule) => onChange(spaces.map((each, place) => (place === at ? rule : each)));
  const move = (at: number, by: number) => {
    const next = [...spaces];
    next.splice(at + by, 0, ...next.splice(at, 1));
    onChange(next);
  };
  return (
    <>
      <ol className={styles.spaces}>
        {spaces.map((rule, at) => (
          <li key={rule.space} aria-label={label("namespace", rule.space)}>
            <span className={styles.rank}>{at + 1}</span>
            <span className={styles.space}>
              <strong>{label("namespace", rule.space)}</strong>
              <span className="small muted">{label("namespaceHint", rule.space)}</span>
            </span>
            {may && (
              <span className={styles.moves}>
                <Move up disabled={at === 0} onClick={() => move(at, -1)} />
                <Move disabled={at === spaces.length - 1} onClick={() => move(at, 1)} />
                <Tooltip title={t("identityRules.unlink")}>
                  <Button
                    type="text"
                    size="small"
                    icon={<CloseOutlined />}
                    disabled={spaces.length === 1}
                    aria-label={t("identityRules.unlink")}
                    onClick={() => onChange(spaces.filter((each) => each !== rule))}
                  />
                </Tooltip>
              </span>
            )}
            <Limits rule={rule} may={may} onChange={(next) => put(at, next)} />
          </li>
        ))}
      </ol>
      {unused.length > 0 && (
        <div className={styles.unused}>
          <span className="small muted">{t("identityRules.unused")}</span>
          {unused.map((space) => (
            <Button
              key={space}
              size="small"
              type="dashed"
              icon={<PlusOutlined />}
              disabled={!may}
              onClick={() => onChange([...spaces, fresh(space)])}
            >
              {label("namespace", space)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

const fresh = (space: Space): Rule => ({ space, ever: null, month: null, day: null });

function Move({ up, disabled, onClick }: { up?: boolean; disabled: boolean; onClick: () => void }) {
  const { t } = useTranslation();
  const name = t(up ? "identityRules.stronger" : "identityRules.weaker");
  return (
    <Tooltip title={name}>
      <Button
        type="text"
        size="small"
        icon={up ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
        disabled={disabled}
        aria-label={name}
        onClick={onClick}
      />
    </Tooltip>
  );
}

/** One for ever, or limits: ever, first seen within a month, within a day. */
function Limits({ rule, may, onChange }: { rule: Rule; may: boolean; onChange: (rule: Rule) => void }) {
  const { t } = useTranslation();
  const unique = rule.ever === 1;
  return (
    <span className={styles.limits}>
      <span className={styles.unique}>
        <Switch
          size="small"
          checked={unique}
          disabled={!may}
          aria-label={t("identityRules.unique")}
          onChange={(on) => onChange({ space: rule.space, ever: on ? 1 : null, month: null, day: null })}
        />
        {t("identityRules.unique")}
      </span>
      {!unique &&
        WITHIN.map((within) => (
          <span key={within} className={styles.limit}>
            <span className="small muted">{t(`identityRules.within.${within}`)}</span>
            <CountInput
              value={rule[within] ?? null}
              disabled={!may}
              placeholder={t("identityRules.unlimited")}
              width={76}
              onChange={(count) => onChange({ ...rule, [within]: count })}
            />
          </span>
        ))}
    </span>
  );
}
