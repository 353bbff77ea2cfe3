/** Grouped by what they guard, in the order in which the permission matrix shows them. */
export const PERMISSIONS = [
  "reports.read",
  "members.read",
  "members.contact",
  "members.write",
  "members.export",
  "identity.read",
  "identity.write",
  "privacy.read",
  "privacy.write",
  "tags.read",
  "tags.write",
  "orders.read",
  "orders.write",
  "orders.price",
  "orders.export",
  "catalog.read",
  "catalog.write",
  "stores.read",
  "stores.write",
  "programme.read",
  "programme.write",
  "offers.read",
  "offers.write",
  "coupons.issue",
  "stored_value.read",
  "stored_value.write",
  "stored_value.sell",
  "points.adjust",
  "points.approve",
  "orders.refund",
  "payments.write",
  "clearing.read",
  "clearing.write",
  "events.read",
  "events.write",
  "segments.read",
  "segments.write",
  "staff.read",
  "staff.write",
  "keys.read",
  "keys.write",
  "imports.read",
  "imports.write",
  "audit.read",
  "settings.read",
  "settings.write",
  "merchants.read",
  "merchants.write",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

type Underscored<P extends string> = P extends `${infer Subject}.${infer Verb}`
  ? `${Subject}_${Verb}`
  : never;

/** The word for a permission. */
export const permissionKey = (permission: Permission) =>
  `permission.${permission.replace(".", "_") as Underscored<Permission>}` as const;
