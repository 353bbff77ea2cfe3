import type { TemplateBody } from "../../../api/types";
import { bodyOf, filled } from "../terms/body";
import { NEW_OFFER, type OfferValues } from "../terms/values";

export interface ValidityValue {
  starts_at?: string | null;
  ends_at?: string | null;
  days?: number | null;
  delay_days?: number | null;
}

export interface TemplateValues extends OfferValues {
  validity?: ValidityValue;
  stock?: number | null;
  per_member?: number | null;
  claimable?: boolean;
  transferable?: boolean;
  returns?: {
    on_cancel?: boolean;
    on_full_refund?: boolean;
    on_partial_refund?: boolean;
    grace_days?: number | null;
  };
}

export const NEW_TEMPLATE: TemplateValues = {
  ...NEW_OFFER,
  conditions: { window: {}, audience: { who: "members" } },
  validity: { days: 30, delay_days: 0 },
  claimable: false,
  transferable: false,
  returns: { on_cancel: true, on_full_refund: true, on_partial_refund: false, grace_days: 0 },
};

export function templateBodyOf(values: TemplateValues): TemplateBody {
  const { validity, stock, per_member, claimable, transferable, returns } = values;
  const rules = {
    validity: { ...validity, delay_days: validity?.delay_days ?? 0 },
    stock,
    per_member,
    claimable: claimable ?? false,
    transferable: transferable ?? false,
    returns: { ...returns, grace_days: returns?.grace_days ?? 0 },
  };
  return { ...bodyOf(values), ...(filled(rules) as object) };
}
