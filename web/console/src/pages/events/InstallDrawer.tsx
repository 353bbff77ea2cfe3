import { Drawer, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { EventSource } from "../../api/events";
import styles from "./events.module.css";
import { Json } from "./Json";

/** How the source sends: what to put into a page, or what to tell a library. */
export function InstallDrawer({ source, onClose }: { source: EventSource; onClose: () => void }) {
  const { t } = useTranslation();
  const key = source.write_key ?? "";
  const host = window.location.origin;
  const snippet = `<script async src="${host}/v1/segment/snippet.js" data-key="${key}"></script>`;
  const calls = [
    'shuke.track("Product Viewed", { sku: "6901" })',
    'shuke.reason("礼物")',
    'shuke.scenario("聚餐")',
    "shuke.satisfied(5)",
  ].join("\n");
  const python = [
    "from segment.analytics.client import Client",
    `client = Client("${key}", host="${host}/v1/segment", gzip=True)`,
    'client.track("u1", "Product Viewed", {"sku": "6901"})',
  ].join("\n");
  const node = [
    'import { Analytics } from "@segment/analytics-node";',
    `const analytics = new Analytics({ writeKey: "${key}", host: "${host}", path: "/v1/segment/batch" });`,
    'analytics.track({ userId: "u1", event: "Product Viewed", properties: { sku: "6901" } });',
  ].join("\n");
  return (
    <Drawer open onClose={onClose} title={t("events.installTitle", { name: source.name })} size={560}>
      <div className={styles.stack}>
        <section className={styles.part}>
          <h3>{t("events.writeKey")}</h3>
          <Typography.Text code copyable style={{ overflowWrap: "anywhere" }}>
            {key}
          </Typography.Text>
        </section>
        {source.kind === "web" && (
          <>
            <Json title={t("events.snippet")} text={snippet} />
            <p className="muted small" style={{ margin: 0 }}>
              {t("events.snippetHint")}
            </p>
            <Json title={t("events.calls")} text={calls} />
          </>
        )}
        {source.kind !== "web" && (
          <>
            <Json title="Python · segment-analytics-python" text={python} />
            <Json title="Node · @segment/analytics-node" text={node} />
            <Json
              title="HTTP"
              text={`curl -u ${key}: ${host}/v1/segment/track -d '{"userId": "u1", "event": "Product Viewed"}'`}
            />
          </>
        )}
      </div>
    </Drawer>
  );
}
