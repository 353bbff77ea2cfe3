import type { Page } from "./pages";

/** Pages one gets to from other pages. */
export const DETAILS: Page[] = [
  {
    path: "/settings/orders",
    permission: "settings.read",
    load: () => import("../pages/settings/OrderSettingsPage"),
  },
  {
    path: "/settings/attributes",
    permission: "members.read",
    load: () => import("../pages/settings/AttributesPage"),
  },
  {
    path: "/settings/privacy",
    permission: "settings.read",
    load: () => import("../pages/settings/ConsentTextsPage"),
  },
  {
    path: "/members/:id",
    permission: "members.read",
    load: () => import("../pages/member/MemberPage"),
  },
  {
    path: "/identity/rules",
    permission: "identity.read",
    load: () => import("../pages/identity/rules/RulesPage"),
  },
  {
    path: "/segments/new",
    permission: "segments.write",
    load: () => import("../pages/segments/SegmentBuilderPage"),
  },
  {
    path: "/segments/:id",
    permission: "segments.read",
    load: () => import("../pages/segments/SegmentPage"),
  },
  {
    path: "/segments/:id/insight",
    permission: "segments.read",
    load: () => import("../pages/crowd/CrowdPage"),
  },
  {
    path: "/segments/:id/edit",
    permission: "segments.write",
    load: () => import("../pages/segments/SegmentBuilderPage"),
  },
  { path: "/orders/:id", permission: "orders.read", load: () => import("../pages/order/OrderPage") },
  {
    path: "/cards/batches/:id",
    permission: "stored_value.read",
    load: () => import("../pages/cards/BatchPage"),
  },
  {
    path: "/cards/:id",
    permission: "stored_value.read",
    load: () => import("../pages/cards/CardPage"),
  },
  {
    path: "/clearing/:day",
    permission: "clearing.read",
    load: () => import("../pages/clearing/DayPage"),
  },
  {
    path: "/promotions/:id",
    permission: "offers.read",
    load: () => import("../pages/offers/promotions/PromotionPage"),
  },
  {
    path: "/coupons/:id",
    permission: "offers.read",
    load: () => import("../pages/offers/coupons/TemplatePage"),
  },
  {
    path: "/red-packets/:id",
    permission: "offers.read",
    load: () => import("../pages/offers/packets/PacketPage"),
  },
  {
    path: "/programme/draft",
    permission: "programme.write",
    load: () => import("../pages/programme/draft/DraftPage"),
  },
  {
    path: "/programme/versions",
    permission: "programme.read",
    load: () => import("../pages/programme/VersionsPage"),
  },
  { path: "/imports/new", permission: "imports.write", load: () => import("../pages/imports/WizardPage") },
];
