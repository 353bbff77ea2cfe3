import type { Words } from "../zh";

export const gifts: Words["gifts"] = {
  title: "Gifts & shares",
  hint: "Coupons that members give each other, and red packets they share with friends.",
  tab: { coupons: "Coupons given", packets: "Packets shared" },
  column: {
    given: "Given",
    coupon: "Coupon",
    giver: "From",
    taker: "To",
    status: "Status",
    ended: "Taken or withdrawn",
    opened: "Opened",
    campaign: "Campaign",
    opener: "Opened by",
    parts: "Parts taken",
    taken: "Taken",
    total: "Total",
    until: "Open until",
  },
  status: { waiting: "Waiting", taken: "Taken", withdrawn: "Withdrawn", expired: "Expired", empty: "Used" },
  emptyMeans: "The giver used the coupon herself: the link has nothing to take any more.",
  shareStatus: { open: "Open", emptied: "All taken", over: "Over" },
  until: "Until",
  empty: "No coupons given yet",
  emptyHint:
    "Coupons that members pass on by a link are listed here. While nobody has taken one, it can be withdrawn.",
  noShares: "No packets shared yet",
  noSharesHint: "Red packets of “shared” campaigns that members open for their friends are listed here.",
  withdraw: {
    do: "Withdraw",
    ask: "Withdraw the gift of {{name}}?",
    hint: "The link stops working at once. The coupon stays with its giver.",
    done: "Withdrawn. The link no longer works.",
  },
  share: {
    title: "Shared red packet",
    rest: "Left to take",
    back: "Back in the budget",
    claims: "Taken ({{taken}} of {{parts}})",
    none: "Nobody has taken a part yet",
  },
};
