import type { PacketBody } from "../../../api/types";
import { filled, fundingOf } from "../terms/body";
import type { FundingValue, NameValue } from "../terms/values";

export const PACKET_KINDS = ["activation", "after_purchase", "shared"] as const;
export const SPLITS = ["lucky", "equal"] as const;

export interface PacketValues {
  code?: string;
  name?: NameValue;
  kind?: (typeof PACKET_KINDS)[number];
  amount?: { low_minor?: number | null; high_minor?: number | null; share_bps?: number | null };
  days?: number | null;
  funding?: FundingValue[];
  caps?: { order_minor?: number | null; share_bps?: number | null; from_minor?: number | null };
  starts_at?: string | null;
  ends_at?: string | null;
  budget_minor?: number | null;
  per_member?: number | null;
  min_paid_minor?: number | null;
  parts?: number | null;
  split?: (typeof SPLITS)[number];
  hours?: number | null;
}

export const NEW_PACKET: PacketValues = {
  kind: "activation",
  amount: {},
  days: 30,
  funding: [{ funder: "merchant", bps: 10_000 }],
  caps: { share_bps: 10_000, from_minor: 0 },
  min_paid_minor: 0,
  parts: 1,
  split: "lucky",
  hours: 24,
};

/** What belongs to another kind of campaign goes back to its default. */
export function packetBodyOf(values: PacketValues): PacketBody {
  const { kind = "activation", amount, caps, funding } = values;
  const shared = kind === "shared";
  const bought = kind === "after_purchase";
  return filled({
    ...values,
    code: values.code?.trim() ?? "",
    name: { zh: values.name?.zh?.trim() ?? "", en: values.name?.en?.trim() ?? "" },
    kind,
    amount: {
      low_minor: amount?.low_minor ?? 0,
      high_minor: amount?.high_minor ?? 0,
      share_bps: bought ? amount?.share_bps : null,
    },
    caps: { ...caps, share_bps: caps?.share_bps ?? 10_000, from_minor: caps?.from_minor ?? 0 },
    funding: fundingOf(funding),
    days: values.days ?? 0,
    min_paid_minor: bought ? (values.min_paid_minor ?? 0) : 0,
    parts: shared ? (values.parts ?? 0) : 1,
    split: values.split ?? "lucky",
    hours: values.hours ?? 24,
  }) as unknown as PacketBody;
}
