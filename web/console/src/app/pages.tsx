import {
  AccountBookOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BlockOutlined,
  ClusterOutlined,
  CreditCardOutlined,
  CrownOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FileTextOutlined,
  GiftOutlined,
  ImportOutlined,
  MergeOutlined,
  PieChartOutlined,
  RedEnvelopeOutlined,
  RetweetOutlined,
  RiseOutlined,
  SettingOutlined,
  ShareAltOutlined,
  ShopOutlined,
  SolutionOutlined,
  TagOutlined,
  TagsOutlined,
  TeamOutlined,
  ThunderboltOutlined,
  TransactionOutlined,
  UserOutlined,
  WalletOutlined,
} from "@ant-design/icons";
import type { ComponentType, ReactNode } from "react";
import type { Words } from "../locales/zh";
import type { Permission } from "./permissions";

type Load = () => Promise<{ default: ComponentType }>;

export interface Page {
  path: string;
  permission: Permission;
  load: Load;
}

export interface MenuPage extends Page {
  name: MenuName;
  icon: ReactNode;
}

/** Every page of the menu has a word. */
type MenuName = Exclude<keyof Words["menu"], "group" | "cashier" | "account">;

export type MenuGroup = keyof Words["menu"]["group"];

/** The pages in the menu, by group, in order. Menu, routes and the home page all read this table. */
export const MENU: Record<MenuGroup, MenuPage[]> = {
  business: [
    {
      name: "dashboard",
      path: "/dashboard",
      permission: "reports.read",
      icon: <DashboardOutlined />,
      load: () => import("../pages/dashboard/DashboardPage"),
    },
    {
      name: "members",
      path: "/members",
      permission: "members.read",
      icon: <UserOutlined />,
      load: () => import("../pages/members/MembersPage"),
    },
    {
      name: "orders",
      path: "/orders",
      permission: "orders.read",
      icon: <FileTextOutlined />,
      load: () => import("../pages/orders/OrdersPage"),
    },
    {
      name: "programme",
      path: "/programme",
      permission: "programme.read",
      icon: <CrownOutlined />,
      load: () => import("../pages/programme/ProgrammePage"),
    },
    {
      name: "pointsRequests",
      path: "/points-requests",
      permission: "points.adjust",
      icon: <SolutionOutlined />,
      load: () => import("../pages/requests/PointsRequestsPage"),
    },
  ],
  understand: [
    {
      name: "segments",
      path: "/segments",
      permission: "segments.read",
      icon: <ClusterOutlined />,
      load: () => import("../pages/segments/SegmentsPage"),
    },
    {
      name: "value",
      path: "/value",
      permission: "segments.read",
      icon: <RiseOutlined />,
      load: () => import("../pages/value/ValuePage"),
    },
    {
      name: "lifecycle",
      path: "/lifecycle",
      permission: "segments.read",
      icon: <RetweetOutlined />,
      load: () => import("../pages/lifecycle/LifecyclePage"),
    },
    {
      name: "tags",
      path: "/tags",
      permission: "tags.read",
      icon: <TagOutlined />,
      load: () => import("../pages/tags/TagsPage"),
    },
    {
      name: "identity",
      path: "/identity",
      permission: "identity.read",
      icon: <MergeOutlined />,
      load: () => import("../pages/identity/IdentityPage"),
    },
  ],
  offers: [
    {
      name: "promotions",
      path: "/promotions",
      permission: "offers.read",
      icon: <TagsOutlined />,
      load: () => import("../pages/offers/promotions/PromotionsPage"),
    },
    {
      name: "coupons",
      path: "/coupons",
      permission: "offers.read",
      icon: <GiftOutlined />,
      load: () => import("../pages/offers/coupons/TemplatesPage"),
    },
    {
      name: "redPackets",
      path: "/red-packets",
      permission: "offers.read",
      icon: <RedEnvelopeOutlined />,
      load: () => import("../pages/offers/packets/PacketsPage"),
    },
    {
      name: "gifts",
      path: "/gifts",
      permission: "offers.read",
      icon: <ShareAltOutlined />,
      load: () => import("../pages/offers/gifts/GiftsPage"),
    },
    {
      name: "stacking",
      path: "/stacking-groups",
      permission: "offers.read",
      icon: <BlockOutlined />,
      load: () => import("../pages/offers/groups/GroupsPage"),
    },
    {
      name: "trial",
      path: "/try-a-basket",
      permission: "offers.read",
      icon: <ExperimentOutlined />,
      load: () => import("../pages/offers/trial/TrialPage"),
    },
  ],
  money: [
    {
      name: "storedValue",
      path: "/stored-value",
      permission: "stored_value.read",
      icon: <WalletOutlined />,
      load: () => import("../pages/stored-value/StoredValuePage"),
    },
    {
      name: "cards",
      path: "/cards",
      permission: "stored_value.read",
      icon: <CreditCardOutlined />,
      load: () => import("../pages/cards/CardsPage"),
    },
    {
      name: "clearing",
      path: "/clearing",
      permission: "clearing.read",
      icon: <AccountBookOutlined />,
      load: () => import("../pages/clearing/ClearingPage"),
    },
    {
      name: "payments",
      path: "/payments",
      permission: "orders.read",
      icon: <TransactionOutlined />,
      load: () => import("../pages/payments/PaymentsPage"),
    },
    {
      name: "liability",
      path: "/liability",
      permission: "reports.read",
      icon: <PieChartOutlined />,
      load: () => import("../pages/liability/LiabilityPage"),
    },
  ],
  range: [
    {
      name: "products",
      path: "/products",
      permission: "catalog.read",
      icon: <AppstoreOutlined />,
      load: () => import("../pages/products/ProductsPage"),
    },
    {
      name: "stores",
      path: "/stores",
      permission: "stores.read",
      icon: <ShopOutlined />,
      load: () => import("../pages/stores/StoresPage"),
    },
  ],
  manage: [
    {
      name: "events",
      path: "/events",
      permission: "events.read",
      icon: <ThunderboltOutlined />,
      load: () => import("../pages/events/EventsPage"),
    },
    {
      name: "imports",
      path: "/imports",
      permission: "imports.read",
      icon: <ImportOutlined />,
      load: () => import("../pages/imports/ImportsPage"),
    },
    {
      name: "staff",
      path: "/staff",
      permission: "staff.read",
      icon: <TeamOutlined />,
      load: () => import("../pages/staff/StaffPage"),
    },
    {
      name: "keys",
      path: "/keys",
      permission: "keys.read",
      icon: <ApiOutlined />,
      load: () => import("../pages/keys/KeysPage"),
    },
    {
      name: "audit",
      path: "/audit",
      permission: "audit.read",
      icon: <AuditOutlined />,
      load: () => import("../pages/audit/AuditPage"),
    },
    {
      name: "settings",
      path: "/settings",
      permission: "settings.read",
      icon: <SettingOutlined />,
      load: () => import("../pages/settings/SettingsPage"),
    },
  ],
  platform: [
    {
      name: "merchants",
      path: "/merchants",
      permission: "merchants.read",
      icon: <BankOutlined />,
      load: () => import("../pages/merchants/MerchantsPage"),
    },
  ],
};

export const CASHIER: Page = {
  path: "/cashier",
  permission: "orders.write",
  load: () => import("../pages/cashier/CashierPage"),
};

export const menuPages: MenuPage[] = Object.values(MENU).flat();

/** The page a person starts at: the cashier at the till, everybody else at the first they may see. */
export function homeOf(role: string, permissions: readonly string[]): string {
  if (role === "cashier" && permissions.includes(CASHIER.permission)) return CASHIER.path;
  const first = menuPages.find(({ permission }) => permissions.includes(permission));
  return first?.path ?? "/account";
}
