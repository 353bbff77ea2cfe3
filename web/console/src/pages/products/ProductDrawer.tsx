import { App, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useAddProduct, useCategories, useChangeProduct } from "../../api/catalog";
import type { Product, ProductDraft } from "../../api/types";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";
import { MoneyInput } from "../../parts/MoneyInput";
import { useLabel } from "../../parts/useLabel";

/** New product, or a change to one; SKU and way of selling are fixed once it exists. */
export function ProductDrawer({ product, onClose }: { product: Product | null; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { message } = App.useApp();
  const [form] = Form.useForm<ProductDraft>();
  const categories = useCategories();
  const add = useAddProduct();
  const change = useChangeProduct(product?.id ?? "");
  const required = [{ required: true, message: t("form.required") }];
  const done = {
    onSuccess: () => {
      message.success(t("products.saved"));
      onClose();
    },
    onError: (error: unknown) => showFieldProblems(form, error),
  };

  function submit({ sku, sold_by, ...rest }: ProductDraft) {
    const body = Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, value === "" || value === undefined ? null : value]),
    ) as Omit<ProductDraft, "sku" | "sold_by">;
    if (product) change.mutate(body, done);
    else add.mutate({ ...body, sku, sold_by }, done);
  }

  return (
    <FormDrawer
      title={t(product ? "products.edit" : "products.add")}
      form={form}
      submit={t(product ? "action.save" : "action.add")}
      busy={add.isPending || change.isPending}
      error={add.error ?? change.error}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={product ? { ...product, category_id: product.category?.id } : { sold_by: "piece" }}
        onFinish={submit}
      >
        <Form.Item name="name" label={t("products.column.name")} rules={required}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="sku" label={t("products.column.sku")} rules={required}>
          <Input disabled={product !== null} />
        </Form.Item>
        <Form.Item name="barcode" label={t("products.column.barcode")}>
          <Input inputMode="numeric" />
        </Form.Item>
        <Form.Item name="brand" label={t("products.column.brand")}>
          <Input />
        </Form.Item>
        <Form.Item name="category_id" label={t("products.column.category")}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            options={categories.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          />
        </Form.Item>
        <Form.Item name="sold_by" label={t("products.column.soldBy")} rules={required}>
          <Select
            disabled={product !== null}
            options={(["piece", "measure"] as const).map((value) => ({
              value,
              label: label("soldBy", value),
            }))}
          />
        </Form.Item>
        <Form.Item name="unit" label={t("products.column.unit")}>
          <Input />
        </Form.Item>
        <Form.Item name="list_price_minor" label={t("products.column.list_price_minor")}>
          <MoneyInput />
        </Form.Item>
        <Form.Item
          name="member_price_minor"
          label={t("products.column.member_price_minor")}
          extra={t("products.memberPriceHint")}
        >
          <MoneyInput />
        </Form.Item>
      </Form>
    </FormDrawer>
  );
}
