import { ProductsSelect } from "./ProductsSelect";

interface Props {
  value?: string | null;
  onChange?: (id: string | null) => void;
  known?: readonly { id: string; name: string }[];
  placeholder?: string;
  id?: string;
}

/** One product. */
export function ProductSelect({ value, onChange, ...rest }: Props) {
  return (
    <ProductsSelect
      {...rest}
      value={value ? [value] : []}
      onChange={(ids) => onChange?.(ids.at(-1) ?? null)}
    />
  );
}
