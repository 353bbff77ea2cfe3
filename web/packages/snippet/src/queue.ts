import { forget, read, write } from "./memory";

export interface Message {
  messageId: string;
  [field: string]: unknown;
}

const MOST = 20;
const PAUSE_MS = 300;
const SLOWEST_MS = 60_000;
/** What browsers send for a page that is gone, all requests together. */
const KEPT_ALIVE = 60_000;
const KEPT = "queue";

/** Sends messages in batches. What cannot be delivered waits, if need be for the visitor's next page. */
export function queueTo(address: string, writeKey: string) {
  let waiting: Message[] = JSON.parse(read("localStorage", KEPT) ?? "[]");
  forget("localStorage", KEPT);
  let timer = 0;
  let busy = false;
  let failures = 0;

  const body = (batch: Message[]) => JSON.stringify({ batch, writeKey, sentAt: new Date().toISOString() });
  const later = (ms: number) => {
    if (!timer && waiting.length) timer = window.setTimeout(send, ms);
  };

  async function send() {
    timer = 0;
    if (busy || !waiting.length) return;
    busy = true;
    const batch = waiting.slice(0, MOST);
    const said = body(batch);
    let pause = 0;
    try {
      // A text from no one in particular: browsers send it to another site without asking first.
      const answer = await fetch(address, {
        method: "POST",
        body: said,
        credentials: "omit",
        keepalive: said.length < KEPT_ALIVE,
      });
      const again = answer.status === 429 || answer.status === 408 || answer.status >= 500;
      if (again) pause = Number(answer.headers.get("Retry-After")) * 1_000;
      else waiting = waiting.filter((message) => !batch.includes(message));
      failures = again ? failures + 1 : 0;
    } catch {
      failures += 1;
    }
    busy = false;
    later(failures ? Math.max(pause, Math.min(500 * 2 ** failures, SLOWEST_MS)) : 0);
  }

  /** The page goes: what is left goes with a beacon, or stays with the browser. What arrives twice counts once. */
  function leave() {
    while (waiting.length) {
      const batch = waiting.slice(0, MOST);
      if (failures || !navigator.sendBeacon(address, body(batch))) break;
      waiting = waiting.slice(MOST);
    }
    if (waiting.length) write("localStorage", KEPT, JSON.stringify(waiting));
  }

  addEventListener("pagehide", leave);
  later(0);
  return (message: Message) => {
    waiting.push(message);
    later(PAUSE_MS);
  };
}
