import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PROMOTIONS } from "../../../api/promotions";
import type { PromotionDetail } from "../../../api/types";
import { SentenceCard, Sentences } from "../SentenceCard";
import { EditorFrame } from "../shelf/EditorFrame";
import { UsePanel } from "../shelf/UsePanel";
import { useNameOf } from "../shelf/useOfferColumns";
import { useOfferForm } from "../shelf/useOfferForm";
import { WrittenPage } from "../shelf/WrittenPage";
import { bodyOf, freshCode } from "../terms/body";
import { OfferSections } from "../terms/OfferSections";
import { NEW_OFFER, type OfferValues } from "../terms/values";
import { useNames } from "../useNames";

/** A promotion: written here, tried, published, paused, ended. */
export default function PromotionPage() {
  return <WrittenPage shelf={PROMOTIONS} editor={Editor} />;
}

function Editor({ before }: { before: PromotionDetail | null }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const offer = useOfferForm(PROMOTIONS, before, bodyOf);
  const initial = before ? (before as OfferValues) : { ...NEW_OFFER, code: freshCode("P") };
  const values = (Form.useWatch([], { form: offer.form, preserve: true }) ?? initial) as OfferValues;
  const { names, products, stores } = useNames([values]);
  const published = before?.published_at != null;
  const name = before ? nameOf(before) : "";
  return (
    <EditorFrame
      shelf={PROMOTIONS}
      before={before}
      offer={offer}
      initial={initial}
      name={name}
      fresh={t("promotions.new")}
      sentence={<Sentences offer={values} names={names} />}
      aside={
        <>
          <SentenceCard offer={values} names={names} />
          {before && published && (
            <UsePanel
              uses={before.uses}
              usesOf={before.limits?.uses}
              spent={before.spent_minor}
              spentOf={before.limits?.budget_minor}
            />
          )}
          {before?.status === "published" && (
            <Link to="/try-a-basket">
              <Button block>{t("promotions.try")}</Button>
            </Link>
          )}
        </>
      }
    >
      <OfferSections products={products} stores={stores} codeFixed={published} effectFixed={false} />
    </EditorFrame>
  );
}
