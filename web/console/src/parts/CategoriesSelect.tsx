import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useCategories } from "../api/catalog";

interface Props {
  value?: string[];
  onChange?: (ids: string[]) => void;
  placeholder?: string;
  id?: string;
}

/** Some of the categories, each with all below it. */
export function CategoriesSelect({ value = [], onChange, placeholder, id }: Props) {
  const { t } = useTranslation();
  const categories = useCategories();
  return (
    <Select<string[]>
      mode="multiple"
      {...(id !== undefined && { id })}
      value={value}
      placeholder={placeholder ?? t("pick.categories")}
      aria-label={placeholder ?? t("pick.categories")}
      loading={categories.isFetching}
      showSearch={{ optionFilterProp: "label" }}
      options={categories.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      onChange={(ids) => onChange?.(ids)}
    />
  );
}
