import { useProgramme } from "../../../api/settings";
import type { ProgrammePlan } from "../../../api/types";
import { useCan } from "../../../app/session";
import { useSpeaker } from "../../programme/say/useSayDocument";
import { nameOf } from "../../programme/say/words";

/** What is live, by code: plans, benefits, tiers. */
export function usePlans() {
  const can = useCan();
  const speaker = useSpeaker();
  const document = useProgramme(can("programme.read")).data?.document;
  const named = (
    list: readonly { code: string; name: { zh: string; en: string } }[] | undefined,
    code: string,
  ) => {
    const found = list?.find((one) => one.code === code);
    return found ? nameOf(found.name, speaker) : code;
  };
  const plans: ProgrammePlan[] = document?.plans ?? [];
  return {
    plans,
    benefits: document?.benefits ?? [],
    planOf: (code: string | null) => plans.find((plan) => plan.code === code),
    higherThan: (plan: ProgrammePlan) =>
      plans.filter((one) => (one.rank ?? 0) > (plan.rank ?? 0) && one.on_sale !== false),
    name: (plan: { name: { zh: string; en: string } }) => nameOf(plan.name, speaker),
    planName: (code: string) => named(plans, code),
    tierName: (code: string) => named(document?.tiers, code),
    benefitName: (code: string) => named(document?.benefits, code),
  };
}
