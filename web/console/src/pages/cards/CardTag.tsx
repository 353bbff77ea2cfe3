import { Tag } from "antd";
import type { CardStatus } from "../../api/cards";
import { useLabel } from "../../parts/useLabel";

const COLOUR: Record<CardStatus, string> = {
  inactive: "default",
  active: "success",
  frozen: "warning",
  bound: "processing",
  void: "error",
};

export function CardTag({ status }: { status: CardStatus }) {
  const label = useLabel();
  return (
    <Tag variant="filled" color={COLOUR[status]} style={{ margin: 0 }}>
      {label("cardStatus", status)}
    </Tag>
  );
}

/** In fours, as it is printed. */
export const spaced = (number: string): string => number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
