import { useTranslation } from "react-i18next";
import type { ProgrammeDocument, ProgrammePreview } from "../../../api/types";
import { useFormat } from "../../../parts/useFormat";
import offers from "../../offers/offers.module.css";
import styles from "../programme.module.css";
import { useSpeaker } from "../say/useSayDocument";
import { nameOf } from "../say/words";

interface Props {
  preview: ProgrammePreview;
  live: ProgrammeDocument;
  planned: ProgrammeDocument;
}

/** How many members would go from which tier to which, by what they have now. */
export function Effects({ preview, live, planned }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = useSpeaker();
  if (preview.problems.length > 0) return <p className="muted small">{t("draft.preview.contradictory")}</p>;
  const tier = (document: ProgrammeDocument, code: string) => {
    const found = document.tiers.find((one) => one.code === code);
    return found ? nameOf(found.name, speaker) : code;
  };
  const rank = (code: string) => planned.tiers.findIndex((one) => one.code === code);
  const rankBefore = (code: string) => {
    const kept = rank(code);
    return kept >= 0 ? kept : live.tiers.findIndex((one) => one.code === code) - 0.5;
  };
  const staying = preview.moves
    .filter(({ before, after }) => before === after)
    .reduce((sum, { members }) => sum + members, 0);
  const moving = preview.moves.filter(({ before, after }) => before !== after);
  const counts = [
    ["rising", preview.rising],
    ["falling", preview.falling],
    ["staying", staying],
  ] as const;
  return (
    <>
      <dl className={offers.counts}>
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`draft.preview.${name}`)}</dt>
            <dd className="num">{format.number(count)}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles.moves}>
        {moving.map(({ before, after, members }) => (
          <li key={`${before} ${after}`} className="spread">
            <span>
              {t("draft.preview.move", { before: tier(live, before), after: tier(planned, after) })}
            </span>
            <b className={`num ${rank(after) > rankBefore(before) ? styles.up : styles.down}`}>
              {format.number(members)}
            </b>
          </li>
        ))}
      </ul>
      <p className="muted small" style={{ margin: 0 }}>
        {t(preview.rising + preview.falling === 0 ? "draft.preview.everybody" : "draft.preview.grace")}
      </p>
    </>
  );
}
