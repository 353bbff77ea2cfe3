import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Tooltip } from "antd";
import { Fragment, useContext } from "react";
import { useTranslation } from "react-i18next";
import type { RuleGroupProps, RuleGroupType, RuleType } from "react-querybuilder";
import { BuilderContext } from "./BuilderContext";
import styles from "./builder.module.css";
import { BLANK } from "./model/draft";
import { group, rule } from "./model/reading";

type Combinator = "and" | "or";

/** Conditions that all, or any, or none of must hold. */
export function GroupBox(props: RuleGroupProps) {
  const { path, actions } = props;
  const { t } = useTranslation();
  const { problems } = useContext(BuilderContext);
  const here = props.ruleGroup as RuleGroupType;
  const combinator = here.combinator as Combinator;
  const wrong = problems.get(here.id ?? "") ?? [];
  return (
    <fieldset
      className={styles.group}
      data-not={here.not || undefined}
      data-root={path.length === 0 || undefined}
    >
      <legend className="visually-hidden">{t(combinator === "and" ? "builder.all" : "builder.any")}</legend>
      <header>
        <Segmented<Combinator>
          size="small"
          value={combinator}
          options={[
            { value: "and", label: t("builder.all") },
            { value: "or", label: t("builder.any") },
          ]}
          onChange={(next) => actions.onPropChange("combinator", next, path)}
        />
        <Tooltip title={t("builder.notHint")}>
          <Button
            size="small"
            type={here.not ? "primary" : "text"}
            danger={here.not === true}
            aria-pressed={here.not === true}
            onClick={() => actions.onPropChange("not", !here.not, path)}
          >
            {t("builder.not")}
          </Button>
        </Tooltip>
        {path.length > 0 && (
          <Button
            className={styles.removeGroup ?? ""}
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t("builder.removeGroup")}
            onClick={() => actions.onGroupRemove(path)}
          />
        )}
      </header>
      {here.not && <p className={styles.not}>{t("builder.isNot")}</p>}
      {wrong.map((message) => (
        <div key={message} role="alert" className={styles.problem}>
          {message}
        </div>
      ))}
      <Children {...props} of={here} />
      <footer>
        <Button
          size="small"
          type={path.length === 0 && here.rules.length === 0 ? "primary" : "dashed"}
          icon={<PlusOutlined />}
          onClick={() => actions.onRuleAdd(rule(BLANK) as unknown as RuleType, path)}
        >
          {t("builder.addRule")}
        </Button>
        <Button
          size="small"
          type="text"
          icon={<PlusOutlined />}
          onClick={() => actions.onGroupAdd(group(opposite(combinator), [rule(BLANK)]) as never, path)}
        >
          {t("builder.addGroup")}
        </Button>
      </footer>
    </fieldset>
  );
}

/** A group within a group is there to say the other: any of these, among all of those. */
const opposite = (combinator: Combinator): Combinator => (combinator === "and" ? "or" : "and");

function Children({
  of,
  path,
  actions,
  schema,
  translations,
  context,
}: RuleGroupProps & { of: RuleGroupType }) {
  const { t } = useTranslation();
  const { rule: Rule, ruleGroup: Group } = schema.controls;
  const shared = { actions, schema, translations, context };
  if (of.rules.length === 0) {
    return (
      <p className="muted small">{t(of.combinator === "and" ? "builder.emptyAll" : "builder.emptyAny")}</p>
    );
  }
  return (
    <div className={styles.children}>
      {of.rules.map((each, at) => (
        <Fragment key={each.id}>
          {at > 0 && (
            <span className={styles.between}>
              {t(of.combinator === "and" ? "builder.and" : "builder.or")}
            </span>
          )}
          {"rules" in each ? (
            <Group {...shared} id={each.id ?? ""} path={[...path, at]} ruleGroup={each} />
          ) : (
            <Rule {...shared} id={each.id ?? ""} path={[...path, at]} rule={each} />
          )}
        </Fragment>
      ))}
    </div>
  );
}
