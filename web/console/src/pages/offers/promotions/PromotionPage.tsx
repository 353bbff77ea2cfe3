import { Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { PROMOTIONS } from "../../../api/promotions";
import { useWritten } from "../../../api/shelf";
import type { PromotionDetail } from "../../../api/types";
import { useCan } from "../../../app/session";
import { PageSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { SentenceCard, Sentences } from "../SentenceCard";
import { EditorFrame } from "../shelf/EditorFrame";
import { LifeActions } from "../shelf/LifeActions";
import { UsePanel } from "../shelf/UsePanel";
import { useOfferForm } from "../shelf/useOfferForm";
import { bodyOf, freshCode } from "../terms/body";
import { OfferSections } from "../terms/OfferSections";
import { NEW_OFFER, type OfferValues } from "../terms/values";
import { useNames } from "../useNames";

/** A promotion: written here, tried, published, paused, ended. */
export default function PromotionPage() {
  const { id } = useParams();
  const found = useWritten(PROMOTIONS, id === "new" ? undefined : id);
  if (id === "new") return <Editor key="new" before={null} />;
  if (found.isPending) return <PageSkeleton />;
  if (found.error) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  return <Editor key={id} before={found.data} />;
}

function Editor({ before }: { before: PromotionDetail | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const offer = useOfferForm(PROMOTIONS, before, bodyOf);
  const initial = before ? (before as OfferValues) : { ...NEW_OFFER, code: freshCode("P") };
  const values = (Form.useWatch([], { form: offer.form, preserve: true }) ?? initial) as OfferValues;
  const { names, products, stores } = useNames([values]);
  const published = before?.published_at != null;
  const name = before
    ? format.text({ zh: before.name.zh ?? "", en: before.name.en ?? "" }) || before.code
    : "";
  return (
    <EditorFrame<OfferValues>
      title={before ? name : t("promotions.new")}
      back="/promotions"
      status={before?.status ?? null}
      form={offer.form}
      initial={initial}
      problems={offer.dirty ? [] : (before?.problems ?? [])}
      dirty={offer.dirty}
      busy={offer.busy}
      error={offer.error}
      readOnly={!can("offers.write") || before?.status === "ended"}
      onTouch={offer.touch}
      onSave={() => void offer.submit()}
      life={
        before && (
          <LifeActions
            shelf={PROMOTIONS}
            offer={before}
            name={name}
            sentence={<Sentences offer={values} names={names} />}
            settle={async () => !offer.dirty || (await offer.submit()) !== null}
          />
        )
      }
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
