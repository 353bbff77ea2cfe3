import { Form, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { TEMPLATES } from "../../../api/templates";
import type { TemplateDetail } from "../../../api/types";
import { useFilters } from "../../../parts/useFilters";
import { SentenceCard, Sentences } from "../SentenceCard";
import { EditorFrame } from "../shelf/EditorFrame";
import { UsePanel } from "../shelf/UsePanel";
import { useNameOf } from "../shelf/useOfferColumns";
import { useOfferForm } from "../shelf/useOfferForm";
import { WrittenPage } from "../shelf/WrittenPage";
import { freshCode } from "../terms/body";
import { OfferSections } from "../terms/OfferSections";
import { useNames } from "../useNames";
import { BatchesTab } from "./BatchesTab";
import { CouponsTab } from "./CouponsTab";
import { RuleSections } from "./RuleSections";
import { NEW_TEMPLATE, type TemplateValues, templateBodyOf } from "./values";

const NAMES = ["tab"] as const;

/** A coupon template: its terms, the coupons out there, and codes in print. */
export default function TemplatePage() {
  return <WrittenPage shelf={TEMPLATES} editor={Editor} />;
}

function Editor({ before }: { before: TemplateDetail | null }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { filters, setFilters } = useFilters(NAMES);
  const offer = useOfferForm(TEMPLATES, before, templateBodyOf);
  const initial = before ? (before as TemplateValues) : { ...NEW_TEMPLATE, code: freshCode("C") };
  const values = (Form.useWatch([], { form: offer.form, preserve: true }) ?? initial) as TemplateValues;
  const { names, products, stores } = useNames([values]);
  const published = before?.published_at != null;
  const name = before ? nameOf(before) : "";
  const terms = (
    <>
      <OfferSections products={products} stores={stores} codeFixed={published} effectFixed={published} />
      <RuleSections />
    </>
  );
  return (
    <EditorFrame
      shelf={TEMPLATES}
      before={before}
      offer={offer}
      initial={initial}
      name={name}
      fresh={t("coupons.new")}
      sentence={<Sentences offer={values} names={names} />}
      aside={
        <>
          <SentenceCard offer={values} names={names} />
          {before && published && (
            <UsePanel uses={before.issued} usesOf={before.stock} spent={null} spentOf={null} issued />
          )}
        </>
      }
      {...(before &&
        published && {
          tabs: (
            <Tabs
              activeKey={filters.tab ?? "terms"}
              onChange={(tab) => setFilters({ tab: tab === "terms" ? "" : tab })}
              items={[
                { key: "terms", label: t("coupons.tab.terms") },
                { key: "coupons", label: t("coupons.tab.coupons") },
                { key: "codes", label: t("coupons.tab.codes") },
              ]}
            />
          ),
          instead:
            filters.tab === "coupons" ? (
              <CouponsTab template={before} name={name} />
            ) : filters.tab === "codes" ? (
              <BatchesTab template={before} />
            ) : undefined,
        })}
    >
      {terms}
    </EditorFrame>
  );
}
