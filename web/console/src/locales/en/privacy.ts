/** Personal data: who saw it. */
export const privacy = {
  log: "Who looked at personal data",
  logHint: "Who was shown the name, phone, email or birthday in clear, and when.",
  copy: "Copy of her data",
  copyHint:
    "Members may have all that is kept about them. Nothing of other members is in it; the download is logged.",
  copyHtml: "Download as a page",
  copyJson: "Download JSON",
  nobody: "Nobody has looked yet",
  at: "When",
  who: "Who",
  what: "What",
  where: "Where",
  and: ", ",
};
