import { PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Segmented, Select, Space, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type EventSchema, PROPERTY_TYPES, type PropertyType, type SchemaBody } from "../../api/events";
import styles from "./events.module.css";

interface Props {
  schema: Pick<EventSchema, "sightings" | "seen">;
  body: SchemaBody;
  may: boolean;
  onChange: (body: SchemaBody) => void;
}

const MODES = ["inferred", "enforced"] as const;

export function SchemaFields({ schema, body, may, onChange }: Props) {
  const { t } = useTranslation();
  const properties = body.properties ?? {};
  const names = [...new Set([...Object.keys(properties), ...Object.keys(schema.sightings)])].sort();
  return (
    <>
      <div>
        <Segmented
          block
          disabled={!may}
          value={body.mode}
          options={MODES.map((value) => ({ value, label: t(`events.modes.${value}`) }))}
          onChange={(mode) => onChange({ ...body, mode })}
        />
        <p className="muted small">{t(`events.modeHint.${body.mode}`)}</p>
      </div>
      <section className={styles.part}>
        <h3>{t("events.properties")}</h3>
        {names.length === 0 && <p className="muted small">{t("events.noProperties")}</p>}
        <div>
          {names.map((name) => (
            <Row
              key={name}
              name={name}
              seen={schema.sightings[name] ?? {}}
              of={schema.seen}
              decided={properties[name]}
              may={may}
              onChange={(decided) => {
                const { [name]: _, ...rest } = properties;
                onChange({ ...body, properties: decided ? { ...rest, [name]: decided } : rest });
              }}
            />
          ))}
        </div>
        {may && (
          <AddProperty
            onAdd={(name) =>
              onChange({
                ...body,
                properties: { [name]: { types: ["text"], required: false }, ...properties },
              })
            }
          />
        )}
      </section>
      <div className="spread">
        <span>
          {t("events.others")}
          <span className="muted small"> {t("events.othersHint")}</span>
        </span>
        <Switch
          size="small"
          disabled={!may}
          checked={body.others ?? true}
          aria-label={t("events.others")}
          onChange={(others) => onChange({ ...body, others })}
        />
      </div>
    </>
  );
}

/** A property that nobody has sent yet. Of one that is there already, what was decided stays. */
function AddProperty({ onAdd }: { onAdd: (name: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const wanted = name.trim();
  const add = () => {
    if (!wanted) return;
    onAdd(wanted);
    setName("");
  };
  return (
    <Space.Compact block className={styles.adding}>
      <Input
        size="small"
        value={name}
        maxLength={200}
        placeholder={t("events.propertyName")}
        aria-label={t("events.propertyName")}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault();
          add();
        }}
      />
      <Button size="small" icon={<PlusOutlined />} disabled={!wanted} onClick={add}>
        {t("events.addProperty")}
      </Button>
    </Space.Compact>
  );
}

interface Decided {
  types: PropertyType[];
  required?: boolean;
}

interface RowProps {
  name: string;
  seen: Record<string, number>;
  of: number;
  decided: Decided | undefined;
  may: boolean;
  onChange: (decided: Decided | null) => void;
}

/** Without a type, nothing is decided about the property. */
function Row({ name, seen, of, decided, may, onChange }: RowProps) {
  const { t } = useTranslation();
  const times = Object.values(seen).reduce((sum, each) => sum + each, 0);
  const share = of > 0 ? Math.round((times / of) * 100) : 0;
  const shown = PROPERTY_TYPES.filter((type) => seen[type]).map((type) => t(`events.propertyTypes.${type}`));
  return (
    <div className={styles.property}>
      <div>
        <div className="mono ellipsis" title={name}>
          {name}
        </div>
        <div className="muted small">
          {times > 0 ? `${shown.join(" / ")} · ${share} %` : t("events.notSeen")}
        </div>
      </div>
      <Select<PropertyType[]>
        mode="multiple"
        size="small"
        disabled={!may}
        value={decided?.types ?? []}
        placeholder={t("events.anyType")}
        aria-label={`${t("events.propertyType")} ${name}`}
        options={PROPERTY_TYPES.map((value) => ({ value, label: t(`events.propertyTypes.${value}`) }))}
        onChange={(types) => onChange(types.length ? { types, required: decided?.required ?? false } : null)}
      />
      <Checkbox
        disabled={!may || !decided}
        checked={decided?.required ?? false}
        onChange={(event) => decided && onChange({ ...decided, required: event.target.checked })}
      >
        <span className="small">{t("events.required")}</span>
      </Checkbox>
    </div>
  );
}
