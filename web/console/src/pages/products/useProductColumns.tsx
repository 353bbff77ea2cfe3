import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Product } from "../../api/types";
import type { Column } from "../../parts/DataList";
import { Money } from "../../parts/Money";
import { useLabel } from "../../parts/useLabel";

export function useProductColumns(onEdit: ((product: Product) => void) | undefined): Column<Product>[] {
  const { t } = useTranslation();
  const label = useLabel();
  const right = { align: "right" as const };
  return [
    {
      key: "name",
      title: t("products.column.name"),
      fixed: "left",
      render: (_, row) =>
        onEdit ? (
          <Button type="link" size="small" style={{ padding: 0, height: "auto" }} onClick={() => onEdit(row)}>
            {row.name}
          </Button>
        ) : (
          row.name
        ),
    },
    {
      key: "sku",
      title: t("products.column.sku"),
      render: (_, row) => <span className="num">{row.sku}</span>,
    },
    {
      key: "barcode",
      title: t("products.column.barcode"),
      render: (_, row) => <span className="num muted">{row.barcode ?? "—"}</span>,
    },
    { key: "brand", title: t("products.column.brand"), render: (_, row) => row.brand ?? "—" },
    { key: "category", title: t("products.column.category"), render: (_, row) => row.category?.name ?? "—" },
    {
      key: "unit",
      title: t("products.column.unit"),
      render: (_, row) => (
        <>
          {row.unit} <span className="muted small">{label("soldBy", row.sold_by)}</span>
        </>
      ),
    },
    {
      key: "list",
      title: t("products.column.list_price_minor"),
      ...right,
      render: (_, row) => <Money minor={row.list_price_minor} />,
    },
    {
      key: "member",
      title: t("products.column.member_price_minor"),
      ...right,
      render: (_, row) => <Money minor={row.member_price_minor} />,
    },
    {
      key: "status",
      title: t("products.column.status"),
      render: (_, row) => label("productStatus", row.status),
    },
  ];
}
