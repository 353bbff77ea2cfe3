import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../../app/session";
import { mayBePhone } from "./entry";
import { findMember, join } from "./lookUp";
import type { Desk } from "./useDesk";

/** Who is buying: found by phone, card or code, or asked to join on the spot. */
export function useMember(desk: Desk, locked: boolean) {
  const { t } = useTranslation();
  const can = useCan();
  const { move, storeId } = desk;
  /** A phone number nobody has yet, while its owner is asked to join. */
  const [joiner, setJoiner] = useState<string | null>(null);

  function find(wanted: string): void {
    if (wanted === "") return;
    desk.type("");
    desk.enqueue(async () => {
      const member = await findMember(wanted);
      if (member) move({ type: "member", member });
      else if (can("members.write") && mayBePhone(wanted)) setJoiner(wanted);
      else desk.say(t("cashier.member.notFound"));
    });
  }

  function joinNow(): void {
    if (joiner === null || storeId === undefined) return;
    setJoiner(null);
    desk.enqueue(async () => move({ type: "member", member: await join(joiner, storeId) }));
  }

  return {
    joiner,
    joinNow,
    dropJoiner: () => setJoiner(null),
    find,
    drop: () => !locked && move({ type: "member", member: null }),
  };
}
