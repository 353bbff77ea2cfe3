import { Button, Form, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CategoriesSelect } from "../../../parts/CategoriesSelect";
import { ProductsSelect } from "../../../parts/ProductsSelect";
import { WordsSelect } from "../../../parts/WordsSelect";
import styles from "./terms.module.css";
import type { ScopeValue } from "./values";

interface Props {
  /** Where in the form; within a list, as its items name it. */
  at: (string | number)[];
  /** The list that `at` is in. */
  under?: (string | number)[];
  label: string;
  known: readonly { id: string; name: string }[];
}

const any = (...lists: (string[] | undefined)[]) => lists.some((list) => (list?.length ?? 0) > 0);

/** On which goods: all, or these products, categories and brands; less the excluded ones. */
export function ScopeFields({ at, under = [], label, known }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const path = [...under, ...at];
  const value = (Form.useWatch(path, form) ?? {}) as ScopeValue;
  const [some, setSome] = useState(() => {
    const given = (form.getFieldValue(path) ?? {}) as ScopeValue;
    return any(given.products, given.categories, given.brands);
  });
  const [excluding, setExcluding] = useState(false);
  const excludes = excluding || any(value.without_products, value.without_categories, value.without_brands);
  const choose = (wanted: boolean) => {
    setSome(wanted);
    if (!wanted) form.setFieldValue(path, { ...value, products: [], categories: [], brands: [] });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a look of its own
    <div role="group" aria-label={label} className={styles.scope}>
      <div className={styles.legend}>{label}</div>
      <Radio.Group
        value={some}
        onChange={(event) => choose(event.target.value as boolean)}
        options={[
          { value: false, label: t("offer.scope.all") },
          { value: true, label: t("offer.scope.some") },
        ]}
      />
      <div className={styles.lists} hidden={!some}>
        <Form.Item name={[...at, "products"]}>
          <ProductsSelect known={known} placeholder={t("pick.products")} />
        </Form.Item>
        <Form.Item name={[...at, "categories"]}>
          <CategoriesSelect placeholder={t("pick.categories")} />
        </Form.Item>
        <Form.Item name={[...at, "brands"]}>
          <WordsSelect placeholder={t("pick.brands")} />
        </Form.Item>
      </div>
      {!excludes && (
        <Button type="link" size="small" className={styles.link ?? ""} onClick={() => setExcluding(true)}>
          {t("offer.scope.exclude")}
        </Button>
      )}
      <div className={styles.lists} hidden={!excludes}>
        <Form.Item name={[...at, "without_products"]}>
          <ProductsSelect known={known} placeholder={t("offer.scope.withoutProducts")} />
        </Form.Item>
        <Form.Item name={[...at, "without_categories"]}>
          <CategoriesSelect placeholder={t("offer.scope.withoutCategories")} />
        </Form.Item>
        <Form.Item name={[...at, "without_brands"]}>
          <WordsSelect placeholder={t("offer.scope.withoutBrands")} />
        </Form.Item>
      </div>
    </div>
  );
}
