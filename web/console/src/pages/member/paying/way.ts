import type { Online } from "../../../api/payments";
import { useCounterProviders } from "../../../api/till";

export type Method = "native" | "auth_code";

/** Through which provider, and how the payer is asked; null: the money was taken already, and is only written down. */
export type Way = { provider: Online; method: Method } | null;

export interface Offered {
  provider: Online;
  methods: Method[];
}

/** The providers that can be asked here, with their ways of paying face to face. */
export function useOffered(): Offered[] {
  const found = useCounterProviders().data?.items ?? [];
  return found.flatMap(({ provider, methods }) => {
    if (provider !== "wechat" && provider !== "alipay") return [];
    const here = methods.filter((method): method is Method => method === "native" || method === "auth_code");
    return here.length > 0 ? [{ provider, methods: here }] : [];
  });
}
