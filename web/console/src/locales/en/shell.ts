import type { Words } from "../zh";

export const app: Words["app"] = {
  name: "Shuke",
  platform: "Platform",
  menu: "Navigation",
  skip: "Skip to content",
  language: "切换到中文",
  appearance: "Appearance",
  system: "System",
  light: "Light",
  dark: "Dark",
  toLight: "Switch to light",
  toDark: "Switch to dark",
};

export const menu: Words["menu"] = {
  dashboard: "Dashboard",
  members: "Members",
  segments: "Segments",
  value: "Value",
  lifecycle: "Lifecycle",
  tags: "Tags",
  identity: "Identity",
  orders: "Orders",
  programme: "Programme",
  pointsRequests: "Points approvals",
  promotions: "Promotions",
  coupons: "Coupons",
  redPackets: "Red packets",
  gifts: "Gifts & shares",
  stacking: "Stacking rules",
  trial: "Try a basket",
  storedValue: "Stored value",
  cards: "Cards",
  clearing: "Clearing",
  liability: "Liability",
  payments: "Payments",
  products: "Products",
  stores: "Stores",
  staff: "Staff & roles",
  keys: "API keys",
  events: "Events",
  imports: "Import",
  audit: "Audit log",
  settings: "Settings",
  merchants: "Merchants",
  cashier: "Till",
  account: "My account",
  group: {
    business: "Business",
    understand: "Know members",
    offers: "Offers",
    money: "Money",
    range: "Range & stores",
    manage: "Manage",
    platform: "Platform",
  },
};

export const action: Words["action"] = {
  back: "Back",
  home: "Go to start",
  retry: "Try again",
  export: "Export",
  clearFilters: "Clear filters",
  filter: "Filters",
  show: "Show results",
  save: "Save",
  cancel: "Cancel",
  underWay: "Under way: this closes when it is done",
  remove: "Remove",
  delete: "Delete",
  confirm: "OK",
  add: "Add",
  edit: "Edit",
  close: "Close",
  more: "Load more",
  columns: "Columns",
  signOut: "Sign out",
  all: "See all",
};

export const state: Words["state"] = {
  empty: "Nothing here yet",
  noMatch: "Nothing matches",
  noMatchHint: "Try another word, or widen the filters.",
  forbidden: "You may not see this page",
  forbiddenHint: "If your work needs it, ask the owner to change your role under “Staff & roles”.",
  missing: "There is no such page",
  missingHint: "The link may be old, or the address mistyped.",
  broken: "Something went wrong on this page",
  brokenHint: "Reload the page; if it happens again, tell your administrator.",
  offline: "The server cannot be reached",
  offlineHint: "Check the network and try again. What you typed is still here.",
  gone: "Not found",
  refused: "That did not work",
  refusedHint: "The server refused the request ({{code}}).",
};

export const pager: Words["pager"] = {
  label: "Pages",
  of: "{{span}} of {{total}}",
  span: "{{span}}",
  previous: "Previous page",
  next: "Next page",
};

export const delta: Words["delta"] = {
  new: "new",
  up: "up",
  down: "down",
  same: "unchanged",
  points: "{{value}} pp",
};

export const filter: Words["filter"] = {
  store: "Store",
  tier: "Tier",
  channel: "Channel",
  status: "Status",
  source: "Source",
  region: "Region",
  category: "Category",
  from: "from",
  to: "to",
};

export const form: Words["form"] = { required: "Required", optional: "optional" };

export const secret: Words["secret"] = { saved: "I have saved it" };

export const signIn: Words["signIn"] = {
  title: "Sign in",
  motto: "Turn passers-by into regulars.",
  login: "Login",
  password: "Password",
  loginNeeded: "Enter your login",
  passwordNeeded: "Enter your password",
  submit: "Sign in",
  help: "Forgot it? The owner or an administrator can reset it.",
};

export const account: Words["account"] = {
  title: "My account",
  until: "Signed in until",
  signOutEverywhere: "Sign out everywhere",
  changePassword: "Change password",
  current: "Current password",
  new: "New password",
  newHint: "At least 10 characters. A long phrase is safer than odd symbols.",
  passwordChanged: "Password changed",
};
