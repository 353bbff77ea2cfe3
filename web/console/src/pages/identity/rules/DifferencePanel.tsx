import { ArrowRightOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Difference } from "../../../api/identity";
import { useMember } from "../../../api/members";
import { MemberLink } from "../../../parts/MemberLink";
import { Panel } from "../../../parts/Panel";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { BlockSkeleton } from "../../../parts/skeletons";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import styles from "./rules.module.css";
import type { RulesDraft } from "./useRules";

/** What the rules being written would have made of the past, and the button that applies them. */
export function DifferencePanel({ rules }: { rules: RulesDraft }) {
  const { t } = useTranslation();
  const { dirty, difference, simulating, applying } = rules;
  return (
    <Panel title={t("identityRules.difference")} className={styles.aside}>
      <ProblemAlert error={rules.error} />
      {difference ? (
        <Shown difference={difference} />
      ) : simulating ? (
        <BlockSkeleton lines={4} />
      ) : (
        <p className="muted small">
          {t(dirty ? "identityRules.simulateFirst" : "identityRules.nothingChanged")}
        </p>
      )}
      <div className={styles.foot}>
        <Button disabled={!dirty || applying} onClick={rules.undo}>
          {t("identityRules.reset")}
        </Button>
        <Button
          type={difference ? "default" : "primary"}
          disabled={!dirty || difference !== undefined}
          loading={simulating}
          onClick={rules.simulate}
        >
          {t("identityRules.simulate")}
        </Button>
        <Button
          type={difference ? "primary" : "default"}
          disabled={!dirty || !difference}
          loading={applying}
          onClick={rules.keep}
        >
          {t("identityRules.apply")}
        </Button>
      </div>
      <p className="muted small">{t("identityRules.fromNow")}</p>
    </Panel>
  );
}

function Shown({ difference }: { difference: Difference }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { people, left_out, members, merging, merged, split, seen, complete, examples } = difference;
  const figures = [
    ["people", people.before, people.after],
    ["leftOut", left_out.before, left_out.after],
    ["members", members.before, members.after],
  ] as const;
  const same = merged === 0 && split === 0 && people.before === people.after && merging.length === 0;
  return (
    <div data-testid="difference">
      <dl className={styles.figures}>
        {figures.map(([name, before, after]) => (
          <div key={name}>
            <dt>{t(`identityRules.${name}`)}</dt>
            <dd className="num">
              {format.number(before)} → <strong>{format.number(after)}</strong>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("identityRules.merged")}</dt>
          <dd className="num">{format.number(merged)}</dd>
        </div>
        <div>
          <dt>{t("identityRules.split")}</dt>
          <dd className="num">{format.number(split)}</dd>
        </div>
      </dl>
      <p className="muted small">
        {same && `${t("identityRules.same")} `}
        {t(complete ? "identityRules.seen" : "identityRules.seenPart", { count: seen })}
      </p>
      {merging.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("identityRules.merging")}</h3>
          <ul className={styles.examples}>
            {merging.map(({ survivor, absorbed }) => (
              <li key={absorbed.id}>
                <span className="cluster">
                  <MemberLink member={absorbed} tab="identities" />
                  <ArrowRightOutlined className="muted" aria-label={t("identity.into")} />
                  <MemberLink member={survivor} tab="identities" />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {examples.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("identityRules.examples")}</h3>
          <ul className={styles.examples}>
            {examples.map((example) => (
              <Example key={example.keys.map(({ index }) => index).join()} example={example} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const NAMED = 3;

function Example({ example: { keys, before, after, members } }: { example: Difference["examples"][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const spaces = [...new Set(keys.map(({ namespace }) => namespace))];
  const how = (space: string) => keys.filter(({ namespace }) => namespace === space).length;
  return (
    <li>
      <span className="cluster">
        <Tag color={after < before ? "processing" : "warning"} variant="filled" className="num">
          {t("identityRules.becomes", { before: format.number(before), after: format.number(after) })}
        </Tag>
        {members.slice(0, NAMED).map((id) => (
          <Named key={id} id={id} />
        ))}
        {members.length > NAMED && <span className="muted">+{members.length - NAMED}</span>}
      </span>
      <span className="small muted">
        {spaces.map((space) => `${label("namespace", space)} ×${how(space)}`).join(" · ")}
      </span>
    </li>
  );
}

function Named({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data } = useMember(id);
  return (
    <MemberLink member={data ?? { id, name: null, number: t("identities.someMember") }} tab="identities" />
  );
}
