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

/** Erasing a member for good. */
export const erasing = {
  panel: "Erase personal data",
  panelHint:
    "Members may ask for it. Orders and books keep her number alone; all else goes, and nothing brings it back.",
  open: "Erase personal data…",
  title: "Erase personal data",
  lead: "Nothing brings it back. She may join again with the same phone number, as somebody new.",
  obstacles: "First see to this",
  forfeit: "The member herself gives this up",
  paidOut: "What is left was handed over to her",
  losses: "What she loses",
  goes: "What goes",
  stays: "What stays, and why",
  reason: "Why",
  reasonHint: "It is kept: write nothing personal.",
  confirm: "Type the member number {{number}} to confirm",
  submit: "Erase for good",
  done: "Personal data erased",
  erased: "This member was erased",
  erasedHint: "Orders and books are kept by her number, which leads to nobody any more.",
  list: "Erasures",
  listHint: "Whose personal data was erased, by whom and when. Nothing in it is personal.",
  none: "Nobody was erased yet",
  at: "When",
  number: "Member number",
  by: "By",
  count: "Rows",
  lake: "Analytic copies",
  lakeDone: "Cleared",
  lakeWaits: "Within minutes",
  gaveUp: "Balance given up",
};

/** For how long data is kept. */
export const retention = {
  title: "How long data is kept",
  hint: "What is older goes every night.",
  days: "days",
  look: "Preview",
  lookFirst: "Preview what the change deletes, then save it.",
  save: "Save",
  saved: "Saved; it holds from tonight on",
  over: "{{rows}} rows would go",
};
