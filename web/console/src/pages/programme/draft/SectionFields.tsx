import { Form } from "antd";
import type { Section } from "../say/words";
import { BenefitFields } from "./BenefitFields";
import { useDrafting } from "./context";
import { GrowthSection } from "./GrowthSection";
import { ListSection } from "./ListSection";
import { PlanFields } from "./PlanFields";
import { PointsSection } from "./PointsSection";
import { useShownWrongs } from "./problems";
import { RuleFields } from "./RuleFields";
import { TiersSection } from "./TiersSection";

const FIELDS = { earn_rules: RuleFields, benefits: BenefitFields, plans: PlanFields } as const;

/** The part of the document that is in sight; the others keep what was typed. */
export function SectionFields({ section }: { section: Section }) {
  const form = Form.useFormInstance();
  const { wrongs, focus } = useDrafting();
  useShownWrongs(form, wrongs, focus);
  switch (section) {
    case "tiers":
      return <TiersSection />;
    case "growth":
      return <GrowthSection />;
    case "points":
      return <PointsSection />;
    default:
      return <ListSection list={section} fields={FIELDS[section]} />;
  }
}
