import { Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { EventSource, Profiles } from "../../api/events";

const ALL = ["off", "fill", "overwrite"] as const satisfies Profiles[];

/** Of pages and apps, whose key anybody can read, nobody's entries are replaced. */
export function ProfilesField({ kind }: { kind: EventSource["kind"] }) {
  const { t } = useTranslation();
  const believed = kind === "server" || kind === "pos";
  return (
    <Form.Item
      name="profiles"
      label={t("events.profiles")}
      extra={t(believed ? "events.profilesHint" : "events.profilesBrowser")}
    >
      <Radio.Group style={{ display: "flex", flexDirection: "column", gap: 8, paddingBottom: 6 }}>
        {ALL.filter((value) => believed || value !== "overwrite").map((value) => (
          <Radio key={value} value={value}>
            {t(`events.profilesOf.${value}`)}
            <div className="muted small">{t(`events.profilesSay.${value}`)}</div>
          </Radio>
        ))}
      </Radio.Group>
    </Form.Item>
  );
}
