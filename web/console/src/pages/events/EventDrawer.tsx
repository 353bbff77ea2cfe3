import { Descriptions, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import type { TrackedEvent } from "../../api/events";
import { TypeTag } from "./ExplorerTab";
import styles from "./events.module.css";
import { Json } from "./Json";
import { useClock } from "./useClock";

/** One event: when by whose clock, who, how she came, and all that was said but for what is personal. */
export function EventDrawer({ event, onClose }: { event: TrackedEvent; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open onClose={onClose} title={event.name || t(`events.types.${event.type}`)} size={520}>
      <div className={styles.stack}>
        <Facts event={event} />
        {(["properties", "traits", "context"] as const).map(
          (part) =>
            event.body[part] !== undefined && (
              <Json key={part} title={t(`events.part.${part}`)} text={JSON.stringify(event.body[part])} />
            ),
        )}
        <p className="muted small">{t("events.sealed")}</p>
      </div>
    </Drawer>
  );
}

function Facts({ event }: { event: TrackedEvent }) {
  const { t } = useTranslation();
  const clock = useClock();
  const traffic = trafficOf(event);
  const items = [
    [t("events.type"), <TypeTag key="type" type={event.type} />],
    [t("events.source"), event.source.name],
    [t("events.who"), event.namespaces.map((space) => t(`events.namespace.${space}`)).join(" · ")],
    [t("events.occurred"), <Time key="occurred" text={clock(event.occurred_at)} />],
    ...(event.sent_for && event.sent_for !== event.occurred_at
      ? [[t("events.sentFor"), <Time key="sent" text={clock(event.sent_for)} />]]
      : []),
    [t("events.received"), <Time key="received" text={clock(event.received_at)} />],
    ...(traffic ? [[t("events.traffic"), traffic]] : []),
  ] as const;
  return (
    <Descriptions
      colon={false}
      column={1}
      size="small"
      items={items.map(([label, children], key) => ({ key, label, children }))}
    />
  );
}

const Time = ({ text }: { text: string }) => <time className="num">{text}</time>;

/** How she came, as our snippet says it. */
function trafficOf({ body }: TrackedEvent): string {
  const context = (body.context ?? {}) as {
    campaign?: Record<string, string>;
    channel?: string;
    referrer?: { url?: string };
  };
  const { source, medium, name } = context.campaign ?? {};
  return [source, medium, name, context.channel, context.referrer?.url].filter(Boolean).join(" · ");
}
