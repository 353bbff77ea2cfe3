import { Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { type Attribute, useRegistered } from "../../api/attributes";
import type { Member } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";

type Value = Member["attributes"][string];

export function Profile({ member }: { member: Member }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const rows: [string, React.ReactNode][] = [
    [
      t("members.form.phone"),
      <span className="num" key="phone">
        {member.phone ?? "—"}
      </span>,
    ],
    [
      t("members.form.card"),
      <span className="num" key="card">
        {member.card ?? "—"}
      </span>,
    ],
    [t("members.form.email"), member.email ?? "—"],
    [t("members.form.birthday"), member.birthday ? format.day(member.birthday) : "—"],
    [t("members.form.gender"), member.gender ? label("gender", member.gender) : "—"],
    [t("members.form.channel"), label("channel", member.join_channel)],
    [t("members.form.status"), label("memberStatus", member.status)],
  ];
  const registered = useRegistered();
  const attributes = Object.entries(member.attributes).filter(([, value]) => value !== null);
  return (
    <>
      <Panel title={t("member.profile")}>
        <Descriptions
          colon={false}
          column={1}
          size="small"
          items={rows.map(([name, value]) => ({ key: name, label: name, children: value }))}
        />
      </Panel>
      {attributes.length > 0 && (
        <Panel title={t("member.attributes")}>
          <Descriptions
            colon={false}
            column={1}
            size="small"
            items={attributes.map(([name, value]) => ({
              key: name,
              label: format.text(registered.get(name)?.label) || label("attribute", name),
              children: <AttributeValue attribute={registered.get(name)} value={value} />,
            }))}
          />
        </Panel>
      )}
    </>
  );
}

function AttributeValue({ attribute, value }: { attribute: Attribute | undefined; value: Value }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (typeof value === "boolean") return t(`builder.yesNo.${value ? "yes" : "no"}`);
  if (typeof value === "number") return format.number(value);
  const choice = attribute?.choices.find((each) => each.value === value);
  return choice ? format.text(choice.label) : value;
}
