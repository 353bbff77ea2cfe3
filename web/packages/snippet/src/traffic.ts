import { read, write } from "./memory";

/** How the visitor came; the fields are those of the protocol, `channel` is our code for a place she came from. */
export interface Traffic {
  campaign?: Record<string, string>;
  channel?: string;
  referrer?: { url: string };
}

const KEPT = "traffic";
const UTM = "utm_";

/** Said by the address she came with, and remembered for the visit: later pages do not repeat it. */
export function traffic(): Traffic {
  const found: Traffic = {};
  const campaign: Record<string, string> = {};
  const query = new URLSearchParams(location.search);
  query.forEach((value, name) => {
    if (name.startsWith(UTM)) campaign[name === "utm_campaign" ? "name" : name.slice(UTM.length)] = value;
  });
  if (Object.keys(campaign).length) found.campaign = campaign;
  const channel = query.get("c");
  if (channel) found.channel = channel;
  if (document.referrer && new URL(document.referrer).host !== location.host)
    found.referrer = { url: document.referrer };
  if (Object.keys(found).length === 0) return JSON.parse(read("sessionStorage", KEPT) ?? "{}");
  write("sessionStorage", KEPT, JSON.stringify(found));
  return found;
}
