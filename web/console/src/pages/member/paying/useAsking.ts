import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Payment } from "../../../api/payments";
import { requestKey } from "../../../parts/requestKey";
import { useOnlyStore } from "../../../parts/useOnlyStore";
import type { Way } from "./way";

type Asked = { store_id: string } & NonNullable<Way>;

/** Whom to ask for the money, and in which store; then the payment. What is paid for goes with it to `send`. */
export function useAsking<Wanted>(send: (asked: Asked, wanted: Wanted, key: string) => Promise<Payment>) {
  const [way, setWay] = useState<Way>(null);
  const [chosen, setStoreId] = useState<string | undefined>();
  const only = useOnlyStore();
  const storeId = chosen ?? only;
  const asking = useMutation({
    mutationFn: ({ asked, wanted }: { asked: Asked; wanted: Wanted }) => send(asked, wanted, requestKey()),
  });
  return {
    way,
    setWay,
    storeId,
    setStoreId,
    ask: (wanted: Wanted) => {
      if (way && storeId) asking.mutate({ asked: { store_id: storeId, ...way }, wanted });
    },
    pending: asking.isPending,
    error: asking.error,
    payment: asking.data,
    again: asking.reset,
  };
}

export type Asking = Pick<ReturnType<typeof useAsking<unknown>>, "way" | "setWay" | "storeId" | "setStoreId">;
