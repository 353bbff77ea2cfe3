import { useTranslation } from "react-i18next";
import type { Language } from "../../app/i18n";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { useSpeakers } from "../../parts/useSpeakers";
import styles from "./offers.module.css";
import type { Names } from "./sentence/names";
import { type Said, sayOffer } from "./sentence/offer";
import type { OfferValues } from "./terms/values";

interface Props {
  offer: OfferValues;
  names: Names;
}

/** What something means, in the languages of those who will read it. */
export function SaidList({ said }: { said: readonly (readonly [Language, Said])[] }) {
  if (said.length === 0) return <BlockSkeleton lines={3} />;
  return (
    <dl className={styles.sentences}>
      {said.map(([language, { headline, details }]) => (
        <div key={language} lang={language}>
          <dt>{language === "en" ? "EN" : "中"}</dt>
          <dd>
            <strong>{headline}</strong>
            {details.length > 0 && <p>{details.join(" · ")}</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function Sentences({ offer, names }: Props) {
  const speakers = useSpeakers();
  return <SaidList said={speakers.map((speaker) => [speaker.language, sayOffer(offer, speaker, names)])} />;
}

export function SentenceCard(props: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t("offer.say.title")}>
      <Sentences {...props} />
    </Panel>
  );
}
