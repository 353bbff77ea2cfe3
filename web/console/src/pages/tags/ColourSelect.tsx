import { Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { TAG_COLOURS, type TagColour } from "../../api/tags";
import { chipColour } from "../../parts/TagChip";

interface Props {
  value?: TagColour | null;
  onChange?: (colour: TagColour | null) => void;
  placeholder?: string;
  id?: string;
}

/** One of the colours that can be told apart in light and in dark. */
export function ColourSelect({ value = null, onChange, placeholder, id }: Props) {
  const { t } = useTranslation();
  return (
    <Select<TagColour | null>
      {...(id !== undefined && { id })}
      {...(placeholder !== undefined && { placeholder, allowClear: true })}
      value={value}
      options={TAG_COLOURS.map((colour) => ({ value: colour, label: t(`tags.colours.${colour}`) }))}
      optionRender={({ data, label }) => (
        <Tag
          color={chipColour({ colour: TAG_COLOURS.find((one) => one === data.value) ?? null })}
          variant="filled"
        >
          {label}
        </Tag>
      )}
      onChange={(colour) => onChange?.(colour ?? null)}
    />
  );
}
