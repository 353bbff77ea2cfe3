import { useTranslation } from "react-i18next";
import type { ClearingParty } from "../../api/clearing";
import { storeLabel } from "../../parts/StoreSelect";
import { useFormat } from "../../parts/useFormat";

/** What a party is called. */
export function usePartyName() {
  const format = useFormat();
  return (party: ClearingParty) => (party.store ? storeLabel(party.store) : format.text(party.name));
}

/** The same without a store's code, for where space is short. */
export function useShortName() {
  const format = useFormat();
  return (party: ClearingParty) => format.text(party.name);
}

/** A party by its name; of a partner it is said that it is one. */
export function Party({ party }: { party: ClearingParty }) {
  const { t } = useTranslation();
  const nameOf = usePartyName();
  const named = party.kind === "partner" && party.id !== "partner:";
  return (
    <span>
      {nameOf(party)}
      {named && <span className="muted small"> · {t("clearing.partner")}</span>}
    </span>
  );
}
