import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { passOn, removePerson, useFamilyAct } from "../../../api/families";
import type { Family, FamilyPerson } from "../../../api/types";
import { useCan } from "../../../app/session";
import { useProblemWords } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { LimitPerson } from "./LimitPerson";
import styles from "./rights.module.css";

const LIMITS = ["points_day", "points_month", "value_day_minor", "value_month_minor"] as const;

/** Who shares the wallet, and how much of it each may spend. */
export function FamilyPeople({ family }: { family: Family }) {
  return (
    <ul className={styles.list}>
      {family.people.map((person) => (
        <Person key={person.member_id} family={family} person={person} />
      ))}
    </ul>
  );
}

function Person({ family, person }: { family: Family; person: FamilyPerson }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const limits = LIMITS.flatMap((name) => {
    const most = person[name];
    if (most === null) return [];
    const said = name.endsWith("_minor") ? format.money(most) : format.number(most);
    return [`${t(`rights.family.limit.${name}`)} ${said}`];
  });
  return (
    <li>
      <div>
        <span className="cluster">
          <Link to={`/members/${person.member_id}?tab=rights`}>{person.name ?? person.number}</Link>
          {person.owner && <Tag variant="filled">{t("rights.family.owner")}</Tag>}
        </span>
        <p>
          {[
            t("rights.family.joined", { date: format.date(person.joined_at) }),
            ...(limits.length > 0 ? limits : [t("rights.family.noLimits")]),
          ].join(" · ")}
        </p>
      </div>
      {can("members.write") && <PersonActions family={family} person={person} />}
    </li>
  );
}

function PersonActions({ family, person }: { family: Family; person: FamilyPerson }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const [limiting, setLimiting] = useState(false);
  const give = useFamilyAct(() => passOn(family.id, person.member_id));
  const remove = useFamilyAct(() => removePerson(family.id, person.member_id));
  const name = person.name ?? person.number;
  const ask = (verb: "passOn" | "remove") =>
    modal.confirm({
      title: t(`rights.family.${verb}Ask`, { name }),
      content: verb === "remove" ? t("rights.family.removeHint") : undefined,
      okText: t(`rights.family.${verb}`),
      okButtonProps: { danger: verb === "remove" },
      onOk: () =>
        (verb === "remove" ? remove : give).mutateAsync(undefined).then(
          () => void message.success(t("rights.family.saved")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "limits", label: t("rights.family.limits"), onClick: () => setLimiting(true) },
            ...(person.owner
              ? []
              : [
                  { key: "passOn", label: t("rights.family.passOn"), onClick: () => void ask("passOn") },
                  {
                    key: "remove",
                    danger: true,
                    label: t("rights.family.remove"),
                    onClick: () => void ask("remove"),
                  },
                ]),
          ],
        }}
      >
        <Button
          size="small"
          type="text"
          icon={<MoreOutlined />}
          aria-label={`${t("rights.family.more")} ${name}`}
        />
      </Dropdown>
      {limiting && <LimitPerson family={family} person={person} onClose={() => setLimiting(false)} />}
    </>
  );
}
