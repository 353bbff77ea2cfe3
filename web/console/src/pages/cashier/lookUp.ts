import { findProducts } from "../../api/catalog";
import { Problem } from "../../api/client";
import { addMember, identify } from "../../api/members";
import type { Identified, Product } from "../../api/types";
import { identifyAttempts, mayBeMember } from "./entry";

export type Found =
  | { kind: "product"; product: Product }
  | { kind: "member"; member: Identified }
  | { kind: "nothing" };

const AT_MOST = 8;

/** One box for everything: a product by its code wins, then the only product that fits, then a member. */
export async function lookUp(text: string): Promise<Found> {
  const { items } = await findProducts({ q: text, limit: AT_MOST });
  const exact = items.find(({ sku, barcode }) => sku === text || barcode === text);
  if (exact) return { kind: "product", product: exact };
  if (mayBeMember(text)) {
    const member = await findMember(text);
    if (member) return { kind: "member", member };
  }
  const only = items.length === 1 ? items[0] : undefined;
  if (only) return { kind: "product", product: only };
  return { kind: "nothing" };
}

/** A new member by phone alone, who agreed to the terms at the till. */
export async function join(phone: string, storeId: string): Promise<Identified> {
  await addMember({
    phone,
    join_store_id: storeId,
    channel: "pos",
    consent: { terms: true, marketing: false },
  });
  return await identify({ phone });
}

export async function findMember(text: string): Promise<Identified | null> {
  for (const attempt of identifyAttempts(text)) {
    try {
      return await identify(attempt);
    } catch (error) {
      const notThis = error instanceof Problem && (error.status === 404 || error.status === 422);
      if (!notThis) throw error;
    }
  }
  return null;
}
