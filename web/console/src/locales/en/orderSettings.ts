import type { Words } from "../zh";

export const orderSettings: Words["orderSettings"] = {
  tab: { business: "Business", orders: "Orders and refunds", privacy: "Privacy", attributes: "Attributes" },
  hint: "For all stores, and for orders and refunds from now on. What is done already stays as it is.",
  readOnly:
    "You may look at these settings. Changing them needs the permission to manage settings; owners have it.",
  unsaved: "Changes are not saved",
  undo: "Undo changes",
  minutes: "minutes",
  days: "days",
  section: { time: "Time limits", money: "Money of a refund", given: "Points, stored value and red packets" },
  hold: {
    label: "How long an order waits for its money",
    hint: "Until then it holds the points, coupons, stored value and limited pieces it takes. After that it is cancelled by itself, and everything goes back.",
    example: "Example: placed at 14:00, it is cancelled unless it is paid by {{time}}.",
    exampleLater:
      "Example: placed at 14:00, it is cancelled unless it is paid by {{time}}, {{days}} day(s) later.",
  },
  refund: {
    label: "How long after payment an order can be refunded",
    hint: "In business days. 0: on the day of payment only. Empty: for ever.",
    ever: "For ever",
    example: "Example: paid on {{paid}}, it can be refunded up to {{last}}.",
    exampleEver: "Example: paid on {{paid}}, it can be refunded at any time.",
  },
  moneyBack: {
    label: "Where the money goes, unless the refund says otherwise",
    hint: "Each refund can choose another way. Stored value, red packets and points always go back to where they came from.",
    same: "Example: paid {{wechat}} by WeChat Pay and {{cash}} in cash, {{back}} goes back: all of it to WeChat Pay. Cash comes last.",
    proportional: "Example: of the same order, {{most}} go to WeChat Pay and {{least}} back in cash.",
    cash: "Example: of the same order, {{back}} come out of the drawer.",
  },
  grace: {
    label: "Days more for what has expired meanwhile",
    hint: "Points, stored value or red packets that were spent may be past their date when they come back. 0: their date stands, and they are gone at once.",
    exampleNone: "Example: points good until {{expired}} come back on {{refunded}}: they expire at once.",
    example:
      "Example: points good until {{expired}} come back on {{refunded}}: they are good until {{last}}.",
  },
  returns: {
    label: "Give back red packets that were spent",
    hint: "A member paid a part with a red packet, and the order is refunded.",
    on: "Example: she spent {{packet}} of a red packet and everything is refunded: {{packet}} are in her wallet again.",
    off: "Example: she spent {{packet}} of a red packet and everything is refunded: that part is lost, and not paid out either.",
  },
  takes: {
    label: "Take back red packets given for a purchase",
    hint: "An order brought a red packet when it was paid, and is refunded.",
    on: "Example: it brought {{more}}, {{spent}} of it are spent, and everything is refunded: the rest is taken back, what is spent stays spent.",
    off: "Example: it brought {{more}} and everything is refunded: the member keeps it.",
  },
};
