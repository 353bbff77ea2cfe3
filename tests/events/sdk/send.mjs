// Sends what its argument says with the stock library: {host, writeKey, calls: [[name, message], …]}.
// Prints the errors that the library told of, as a list.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { Analytics } = require("@segment/analytics-node");

const { host, writeKey, calls } = JSON.parse(process.argv[2]);
const analytics = new Analytics({
  writeKey,
  host,
  path: "/v1/segment/batch",
  flushAt: 15,
  flushInterval: 50,
  maxRetries: 5,
});
const errors = [];
analytics.on("error", (error) => errors.push(String(error.reason ?? error.code)));
for (const [name, message] of calls) analytics[name](message);
await analytics.closeAndFlush({ timeout: 60_000 });
console.log(JSON.stringify(errors));
