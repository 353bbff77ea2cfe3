import type { rightsLabels as Labels } from "../zh/rightsLabels";

export const rightsLabels: typeof Labels = {
  requestStatus: {
    posted: "No approval needed",
    pending: "Waiting",
    approved: "Approved",
    refused: "Refused",
  },
  subscriptionStatus: { active: "Active", cancelled: "Cancelled", upgraded: "Upgraded", expired: "Expired" },
  planTender: { cash: "Cash", card: "Card", wechat: "WeChat Pay", alipay: "Alipay", other: "Other" },
  refundRule: { nothing: "None", unused_days: "Unused days", full_then_nothing: "In full for some days" },
  ground: { tier: "Tier", plan: "Paid plan", tag: "Tag", person: "In person" },
  benefitKind: {
    discount_rate: "Discount",
    member_prices: "Member prices",
    exclusive_products: "Exclusive products",
    more_points: "More points",
    delivery_free: "Free delivery",
    coupon_pack: "Coupon pack",
    partner_code: "Partner code",
    entitlement: "Service or trial",
    limited_purchase: "Limited purchase",
  },
  grantStatus: { due: "Due", given: "Given", failed: "Failed" },
  occasion: {
    joining: "Joining",
    anniversary: "Anniversary",
    upgrade: "Rising",
    birthday: "Birthday",
    lunar_birthday: "Lunar birthday",
    festival: "Festival",
    monthly: "Monthly",
    opening: "Opening a plan",
  },
};
