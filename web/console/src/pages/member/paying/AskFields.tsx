import { Form } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { StoreSelect } from "../../../parts/StoreSelect";
import type { Asking } from "./useAsking";
import { WayFields } from "./WayFields";

interface Props {
  asking: Asking;
  /** What is asked when the money was taken already. */
  children: ReactNode;
}

/** Who is asked for the money of a plan, and in which store. */
export function AskFields({ asking, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <WayFields way={asking.way} onChange={asking.setWay}>
        {children}
      </WayFields>
      {asking.way && (
        <Form.Item label={t("wallet.topUp.store")} htmlFor={id}>
          <StoreSelect
            id={id}
            value={asking.storeId}
            allowClear={false}
            width="100%"
            onChange={asking.setStoreId}
          />
        </Form.Item>
      )}
    </>
  );
}
