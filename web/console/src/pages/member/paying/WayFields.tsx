import { Form, Segmented } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Online } from "../../../api/payments";
import { useCan } from "../../../app/session";
import { type Method, type Offered, useOffered, type Way } from "./way";

interface Props {
  way: Way;
  onChange: (way: Way) => void;
  /** What is asked when the money was taken already. */
  children: ReactNode;
}

/** Money that a provider is asked for now, or that was taken already and is written down. */
export function WayFields(props: Props) {
  const can = useCan();
  return can("orders.write") ? <Choice {...props} /> : props.children;
}

function Choice({ way, onChange, children }: Props) {
  const { t } = useTranslation();
  const offered = useOffered();
  const first = offered[0];
  if (!first) return children;
  return (
    <>
      <Form.Item label={t("collect.by")}>
        <Segmented<"hand" | "provider">
          block
          value={way ? "provider" : "hand"}
          onChange={(by) => onChange(by === "hand" ? null : startOf(first))}
          options={[
            { value: "hand", label: t("collect.hand") },
            { value: "provider", label: t("collect.provider") },
          ]}
        />
      </Form.Item>
      {way ? <Through way={way} offered={offered} onChange={onChange} /> : children}
    </>
  );
}

const startOf = ({ provider, methods }: Offered): Way => ({ provider, method: methods[0] ?? "auth_code" });

function Through({
  way,
  offered,
  onChange,
}: {
  way: NonNullable<Way>;
  offered: Offered[];
  onChange: Props["onChange"];
}) {
  const { t } = useTranslation();
  const methods = offered.find(({ provider }) => provider === way.provider)?.methods ?? [];
  return (
    <>
      {offered.length > 1 && (
        <Form.Item label={t("collect.which")}>
          <Segmented<Online>
            block
            value={way.provider}
            onChange={(wanted) => {
              const found = offered.find(({ provider }) => provider === wanted);
              if (found)
                onChange(found.methods.includes(way.method) ? { ...way, provider: wanted } : startOf(found));
            }}
            options={offered.map(({ provider }) => ({
              value: provider,
              label: t(`payments.provider.${provider}`),
            }))}
          />
        </Form.Item>
      )}
      <Form.Item label={t("collect.how", { wallet: t(`payments.provider.${way.provider}`) })}>
        <Segmented<Method>
          block
          value={way.method}
          onChange={(method) => onChange({ ...way, method })}
          options={methods.map((value) => ({ value, label: t(`collect.method.${value}`) }))}
        />
      </Form.Item>
    </>
  );
}
