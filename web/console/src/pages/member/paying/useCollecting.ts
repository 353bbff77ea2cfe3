import { useEffect, useRef } from "react";
import { Problem } from "../../../api/client";
import type { Payment } from "../../../api/payments";
import {
  isLive,
  usePrepaidMoved,
  useStanding,
  useStartPayment,
  useStopPayment,
} from "../../../api/prepaying";

/** Follows a payment: a code to show is asked for at once, one to scan when it was scanned; then how it stands. */
export function useCollecting(payment: Payment) {
  const { id } = payment;
  const { mutate: begin, ...start } = useStartPayment(id);
  const stop = useStopPayment(id);
  // Silence says nothing about the money: whoever was asked is asked again how it stands.
  const refused = start.error instanceof Problem && !start.error.transient;
  const started = start.isSuccess || (start.isError && !refused);
  const standing = useStanding(id, started && stop.data === undefined);
  const now = stop.data ?? standing.data ?? start.data ?? payment;
  const asked = useRef(false);
  const shows = payment.method === "native";
  useEffect(() => {
    if (!shows || asked.current) return;
    asked.current = true;
    begin(null);
  }, [shows, begin]);
  const moved = usePrepaidMoved();
  const told = useRef(false);
  const over = !isLive(now);
  useEffect(() => {
    if (!over || told.current) return;
    told.current = true;
    moved();
  }, [over, moved]);
  return {
    now,
    started: start.isPending || started,
    scan: (code: string) => begin(code),
    stop: () => stop.mutate(),
    stopping: stop.isPending,
    /** It could not be stopped: it goes on without this window. */
    stuck: stop.isError,
    problem: stop.error ?? (refused ? start.error : standing.error),
  };
}

export type Collecting = ReturnType<typeof useCollecting>;
