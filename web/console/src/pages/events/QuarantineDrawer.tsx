import { Alert, Button, Descriptions, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import type { Quarantined } from "../../api/events";
import { useCan } from "../../app/session";
import { useFormat } from "../../parts/useFormat";
import styles from "./events.module.css";
import { Json } from "./Json";
import { useClock } from "./useClock";

interface Props {
  aside: Quarantined;
  busy: boolean;
  onReplay: () => void;
  onClose: () => void;
}

/** One message that was set aside: why, and all that was sent. */
export function QuarantineDrawer({ aside, busy, onReplay, onClose }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const clock = useClock();
  const footer = can("events.write") && (
    <div className="cluster" style={{ justifyContent: "flex-end" }}>
      <Button type="primary" loading={busy} onClick={onReplay}>
        {t("events.replay")}
      </Button>
    </div>
  );
  return (
    <Drawer
      open
      onClose={onClose}
      title={t(`events.reasons.${aside.reason}`)}
      size={520}
      {...(footer && { footer })}
    >
      <div className={styles.stack}>
        <Alert type="warning" showIcon title={format.text(aside.words)} />
        <Descriptions
          colon={false}
          column={1}
          size="small"
          items={[
            { key: "source", label: t("events.source"), children: aside.source.name },
            { key: "received", label: t("events.received"), children: clock(aside.received_at) },
            ...(aside.field
              ? [{ key: "field", label: t("events.field"), children: <code>{aside.field}</code> }]
              : []),
          ]}
        />
        {aside.message === null ? (
          <p className="muted small">{t("events.hiddenHint")}</p>
        ) : (
          <Json title={t("events.message")} text={aside.message} />
        )}
      </div>
    </Drawer>
  );
}
