/** Personal data: who saw it. */
export const privacy = {
  log: "Who looked at personal data",
  logHint: "Who was shown the name, phone, email or birthday in clear, and when.",
  nobody: "Nobody has looked yet",
  at: "When",
  who: "Who",
  what: "What",
  where: "Where",
  and: ", ",
};
