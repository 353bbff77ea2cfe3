/**
 * Tells Shuke what happens on a page of any site:
 *
 *     <script async src="https://…/v1/segment/snippet.js" data-key="wk_…"></script>
 *
 * The page is told by itself, unless the tag says data-page="manual". Calls made before this has loaded wait in
 * an array: `(window.shuke = window.shuke || []).push(["track", "Added", { sku: "1" }])`.
 */
import { forget, lasting, newId, read, write } from "./memory";
import { queueTo } from "./queue";
import { traffic } from "./traffic";

type Properties = Record<string, unknown>;
type Call = [name: string, ...values: unknown[]];

declare global {
  interface Window {
    shuke?: unknown;
  }
}

const tag = document.currentScript as HTMLScriptElement | null;
const key = tag?.dataset.key;
const before = window.shuke;

if (!tag || !key) console.error("Shuke: the script needs data-key, the write key of a source.");
else if (!before || Array.isArray(before)) start(tag, key, (before ?? []) as Call[]);

function start(script: HTMLScriptElement, writeKey: string, calls: Call[]): void {
  const send = queueTo(new URL("batch", script.src).href, writeKey);
  const came = traffic();
  let anonymousId = lasting("anonymous_id");
  let userId = read("localStorage", "user_id");

  const tell = (type: string, fields: Properties) =>
    send({
      type,
      messageId: newId(),
      timestamp: new Date().toISOString(),
      anonymousId,
      ...(userId && { userId }),
      context: {
        ...came,
        page: {
          url: location.origin + location.pathname,
          path: location.pathname,
          title: document.title,
          referrer: document.referrer,
        },
        locale: navigator.language,
        userAgent: navigator.userAgent,
        library: { name: "shuke.js" },
      },
      ...fields,
    });

  const track = (event: string, properties: Properties = {}) => tell("track", { event, properties });

  const api = {
    page: (name: string = document.title, properties: Properties = {}) => tell("page", { name, properties }),
    track,
    identify(id: string | null, traits: Properties = {}) {
      if (id) {
        userId = id;
        write("localStorage", "user_id", id);
      }
      tell("identify", { traits });
    },
    /** Somebody else sits down here. */
    reset() {
      userId = null;
      forget("localStorage", "user_id");
      forget("localStorage", "anonymous_id");
      anonymousId = lasting("anonymous_id");
    },
    /** Why she bought, in her words or one of the shop's. */
    reason: (reason: string, properties?: Properties) => track("Purchase Reason", { ...properties, reason }),
    /** What she needs it for. */
    scenario: (scenario: string, properties?: Properties) =>
      track("Purchase Scenario", { ...properties, scenario }),
    /** How content she is, from 1 to 5. */
    satisfied(score: number, properties?: Properties) {
      if ([1, 2, 3, 4, 5].includes(score)) track("Satisfaction", { ...properties, score });
      else console.error("Shuke: satisfied() takes 1, 2, 3, 4 or 5.");
    },
    push([name, ...values]: Call) {
      const call = (api as unknown as Record<string, (...values: unknown[]) => void>)[name];
      if (call) call(...values);
      else console.error(`Shuke: there is no ${name}().`);
    },
  };
  window.shuke = api;
  if (script.dataset.page !== "manual") api.page();
  calls.forEach(api.push);
}
