import { useTranslation } from "react-i18next";
import type { StackingGroup } from "../../../api/types";
import { useGroupName } from "../terms/GroupSelect";

/** What a group's rule says. */
export function useGroupWords() {
  const { t } = useTranslation();
  const name = useGroupName();
  return ({ at_most, after, excludes }: Pick<StackingGroup, "at_most" | "after" | "excludes">) => {
    const groups = (codes: string[]) => codes.map(name).join(t("offer.say.comma"));
    const most =
      at_most == null
        ? t("stacking.say.any")
        : at_most === 1
          ? t("stacking.say.one")
          : t("stacking.say.most", { count: at_most });
    return [
      most,
      ...(after?.length ? [t("stacking.say.after", { groups: groups(after) })] : []),
      ...(excludes?.length ? [t("stacking.say.excludes", { groups: groups(excludes) })] : []),
    ].join(" · ");
  };
}
