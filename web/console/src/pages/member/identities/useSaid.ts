import { useTranslation } from "react-i18next";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { nameOf } from "../../identity/names";
import type { Said } from "./graphOf";

interface Words {
  kind: string;
  title: string;
  hint: string;
}

/** What stands on a box of the graph: what it is, which one, and since when. */
export function useSaid(): (said: Said) => Words {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (said) => {
    switch (said.kind) {
      case "self":
        return { kind: t("identities.herself"), title: said.name, hint: "" };
      case "identifier": {
        const { key, value, source, first_seen_at } = said.identifier;
        return {
          kind: label("namespace", key.namespace),
          title: value ?? t("identities.notShown"),
          hint: `${format.date(first_seen_at)} · ${label("identifierSource", source)}`,
        };
      }
      case "member":
        return {
          kind: t("identities.absorbed"),
          title: said.named ? nameOf(said.named) : t("identities.someMember"),
          hint: said.named?.number ?? "",
        };
      case "visitor":
        return {
          kind: t("identities.visitor"),
          title: `#${said.visitor.person.slice(-6)}`,
          hint: t("identities.since", { date: format.date(said.visitor.first_seen_at) }),
        };
      case "dropped":
        return {
          kind: label("namespace", said.key.namespace),
          title: t("identities.leftOut"),
          hint: label("dropReason", said.reason),
        };
      case "more":
        return { kind: "", title: t("identities.more", { count: said.count }), hint: "" };
    }
  };
}
