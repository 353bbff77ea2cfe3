import { useTranslation } from "react-i18next";
import { useRegistered } from "../../api/attributes";
import type { Tree, WhyNode } from "../../api/segments";
import { useProgramme } from "../../api/settings";
import { useCan } from "../../app/session";
import { useFormat } from "../../parts/useFormat";
import { ATTRIBUTES, FACTS, kindOf, TRAITS, type ValueKind } from "./builder/model/properties";
import { kindOfRegistered, useRegisteredWords } from "./builder/RegisteredFields";
import { useCodeWords } from "./builder/useTreeWords";

/** What a value that was measured for a condition is called. */
export function useSaying(tree: Tree): (value: NonNullable<WhyNode["value"]>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useCodeWords();
  const tiers = useProgramme(useCan()("programme.read")).data?.tiers;
  const registered = useRegistered().get(tree.rule === "registered" ? tree.name : "");
  const listed = useRegisteredWords(registered);
  const kind = tree.rule === "registered" ? kindOfRegistered(registered) : measuredKind(tree);
  return (value) => {
    switch (kind) {
      case "money":
        return format.money(Number(value));
      case "quantity":
        return format.number(Number(value) / 1_000);
      case "tier": {
        const tier = tiers?.find(({ rank }) => rank === value);
        return tier ? format.text(tier.name) : String(value);
      }
      case "listed":
        return listed.find((each) => each.value === value)?.label ?? String(value);
      case "date":
        return String(value).replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3");
      case "month":
        return t("builder.month", { month: value });
      case "percent":
        return format.percent(Number(value));
      case "gender":
      case "status":
      case "channel":
      case "stage":
      case "grade":
      case "loyalty":
      case "price":
      case "hour":
        return word(kind, String(value));
      case "count":
        return typeof value === "number" ? format.number(value) : String(value);
      default:
        return String(value);
    }
  };
}

function measuredKind(tree: Tree): ValueKind {
  if (tree.rule === "attribute") return kindOf(ATTRIBUTES, tree.name);
  if (tree.rule === "trait") return kindOf(TRAITS, tree.name);
  if (tree.rule === "measure" && (tree.aggregate === "sum" || tree.aggregate === "average"))
    return kindOf(FACTS[tree.what.fact], tree.property ?? "");
  return "count";
}
