import { Popover } from "antd";
import { useTranslation } from "react-i18next";
import { type ConsentPurpose, useConsentHistory, useConsentTexts } from "../../../api/consent";
import { DataList } from "../../../parts/DataList";
import { listOf } from "../../../parts/listOf";
import { EmptyState } from "../../../parts/states";
import { useCursor } from "../../../parts/useCursor";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { When } from "../../../parts/When";
import styles from "./Consent.module.css";

const LIMIT = 20;

/** All she ever said, newest first. */
export function ConsentHistory({ memberId }: { memberId: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const cursor = useCursor(memberId);
  const query = useConsentHistory(memberId, cursor.cursor, LIMIT);
  const step = (value: string) => label("consentStep", value);
  return (
    <DataList
      query={listOf(query)}
      rowKey={(row) => String(row.turn)}
      empty={<EmptyState title={t("consent.noHistory")} />}
      columns={[
        { key: "at", title: t("consent.at"), width: 150, render: (_, row) => <When at={row.at} /> },
        { key: "step", title: t("consent.step"), render: (_, row) => step(row.step) },
        { key: "purpose", title: t("consent.purpose"), render: (_, row) => label("purpose", row.purpose) },
        {
          key: "channel",
          title: t("consent.channel"),
          render: (_, row) => label("consentChannel", row.channel),
        },
        { key: "source", title: t("consent.source"), render: (_, row) => label("consentSource", row.source) },
        {
          key: "text",
          title: t("consent.text"),
          render: (_, row) => <Version purpose={row.purpose} version={row.text_version} />,
        },
      ]}
      card={(row) => (
        <>
          <div className="spread">
            <strong>
              {step(row.step)} · {label("purpose", row.purpose)}
            </strong>
            <span className="small muted">
              <When at={row.at} />
            </span>
          </div>
          <div className="spread small muted">
            <span>
              {label("consentChannel", row.channel)} · {label("consentSource", row.source)}
            </span>
            <Version purpose={row.purpose} version={row.text_version} />
          </div>
        </>
      )}
      pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
    />
  );
}

function Version({ purpose, version }: { purpose: ConsentPurpose; version: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const texts = useConsentTexts();
  if (version === null) return <span className="muted">—</span>;
  const text = texts.data?.items.find((each) => each.purpose === purpose && each.version === version);
  return (
    <Popover
      trigger="click"
      content={<div className={styles.words}>{text ? format.text(text.text) : "…"}</div>}
    >
      <button type="button" className={styles.link}>
        {t("consent.version", { version })}
      </button>
    </Popover>
  );
}
