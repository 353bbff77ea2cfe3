import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useEventSources } from "../../api/events";

interface Props {
  value: string | undefined;
  onChange: (id: string) => void;
}

/** One of the sources, revoked ones too: what they sent is still there. */
export function SourceSelect({ value, onChange }: Props) {
  const { t } = useTranslation();
  const sources = useEventSources({ limit: 200 }).data?.items ?? [];
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      value={value ?? null}
      placeholder={t("events.source")}
      aria-label={t("events.source")}
      style={{ width: 170 }}
      options={sources.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id: string | null) => onChange(id ?? "")}
    />
  );
}
